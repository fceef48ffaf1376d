import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { inStackFolder, stackFolder } from './stack-folder.js';

describe('the folder of a stack', () => {
  it.each(['/data/a:b', '/data/a,b', '/data/${a}', '/data/*'])('cannot be %s', (dataDir) => {
    expect(() => stackFolder(dataDir)).toThrow(expect.objectContaining({ code: 'folder-unusable' }));
  });

  it('cannot be where nothing can be written, and what to do is said', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'orderkeel-stack-'));
    await writeFile(join(parent, 'file'), '');
    try {
      await expect(inStackFolder(stackFolder(join(parent, 'file')), async () => undefined)).rejects.toMatchObject({
        code: 'folder-not-writable',
        message: expect.stringContaining('ORDERKEEL_DATA_DIR'),
      });
    } finally {
      await rm(parent, { recursive: true, force: true });
    }
  });

  it("is its owner's alone, and one command's at a time", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'orderkeel stack '));
    const folder = stackFolder(dataDir);
    try {
      await inStackFolder(folder, async () => {
        await expect(inStackFolder(folder, async () => undefined)).rejects.toMatchObject({
          code: 'stack-busy',
          retriable: true,
        });
      });
      expect(await inStackFolder(folder, async () => 'again')).toBe('again');
      for (const path of Object.values(folder) as string[]) expect((await stat(path)).mode & 0o777).toBe(0o700);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
