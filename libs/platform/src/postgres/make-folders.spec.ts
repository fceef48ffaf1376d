import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeFolders } from './make-folders.js';

const itOnLinux = process.platform === 'linux' ? it : it.skip;

describe('making a folder', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'orderkeel-folders-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('makes those above it too, and tells whether it had to make one', async () => {
    const path = join(root, 'a', 'b', 'c');
    expect(await makeFolders(path, 0o700)).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect(await makeFolders(path)).toBe(false);
  });

  it('makes it once when several ask at the same time', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => makeFolders(join(root, 'a', 'b'))));
    expect(made.filter((each) => each)).toHaveLength(1);
  });

  it('takes a link to a folder for one', async () => {
    await symlink(root, join(root, 'link'));
    expect(await makeFolders(join(root, 'link'))).toBe(false);
  });

  itOnLinux('ends where nothing can be made, and says what to do (on Linux only)', async () => {
    await expect(makeFolders('/proc/orderkeel/data')).rejects.toMatchObject({
      code: 'folder-not-writable',
      message: expect.stringMatching(/\/proc\/orderkeel cannot be made or written.*ORDERKEEL_DATA_DIR/),
    });
  });

  it('says what to do where a file has the name', async () => {
    await writeFile(join(root, 'file'), '');
    await expect(makeFolders(join(root, 'file'))).rejects.toMatchObject({
      code: 'folder-not-writable',
      message: expect.stringMatching(/file cannot be made or written: something that is no folder.*ORDERKEEL_DATA_DIR/),
    });
  });
});
