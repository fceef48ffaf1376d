import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A clone with a program of one line, so that a build takes a moment only. */
let clone: string;
beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), 'orderkeel-clone-'));
  for (const part of ['bin', 'tools/build', 'tools/build.mjs', '.swcrc', 'package.json'])
    await cp(join(ROOT, part), join(clone, part), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  await mkdir(join(clone, 'apps/cli/src'), { recursive: true });
  await mkdir(join(clone, 'libs'));
});
afterEach(() => rm(clone, { recursive: true, force: true }));

const writeMain = (text: string) => writeFile(join(clone, 'apps/cli/src/main.ts'), text);
const start = async () => (await execute(process.execPath, [join(clone, 'bin/orderkeel.js')])).stdout.trim();

describe('bin/orderkeel.js', () => {
  it('compiles when dist is missing and when a source has changed, whatever its time says', async () => {
    await writeMain(`console.log('before');`);
    expect(await start()).toBe('before');
    await writeMain(`console.log('pulled');`);
    await execute('touch', ['-d', '2001-01-01', join(clone, 'apps/cli/src/main.ts')]);
    expect(await start()).toBe('pulled');
  });

  it('lets two starts at once share one dist, and leaves nothing else behind', async () => {
    await writeMain(`console.log('shared');`);
    expect(await Promise.all([start(), start(), start()])).toEqual(['shared', 'shared', 'shared']);
    expect((await readdir(clone)).filter((name) => name.startsWith('.dist'))).toEqual([]);
  });

  it('takes away what a killed build left', async () => {
    await writeMain(`console.log('built');`);
    await mkdir(join(clone, '.dist-999999999'));
    expect(await start()).toBe('built');
    expect((await readdir(clone)).filter((name) => name.startsWith('.dist'))).toEqual([]);
  });

  it('runs without sources and compiler once it was compiled', async () => {
    await writeMain(`console.log('installed');`);
    await start();
    await rm(join(clone, 'apps'), { recursive: true });
    expect(await start()).toBe('installed');
  });

  it('says what to do when it cannot be compiled', async () => {
    await writeMain('this is no program');
    await expect(start()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('could not be compiled') });
  });
});
