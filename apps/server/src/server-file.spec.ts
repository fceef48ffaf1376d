import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../../../test/support/until.js';
import { readServerFile, removeServerFile, writeServerFile } from './server-file.js';

const own = { pid: process.pid, url: 'http://127.0.0.1:2' };

describe('the file that says where a server listens', () => {
  let folder: string;
  let other: ChildProcess;
  const former = () => ({ pid: other.pid!, url: 'http://127.0.0.1:1' });
  const killed = async () => {
    other.kill('SIGKILL');
    await until('it is gone', () => other.signalCode !== null);
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orderkeel-server-'));
    other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    await writeFile(join(folder, 'server.json'), JSON.stringify(former()));
  });
  afterEach(async () => {
    await killed();
    await rm(folder, { recursive: true });
  });

  it('names the newest one, and after its end the former one, which runs yet', async () => {
    const before = await writeServerFile(folder, own);
    expect(await readServerFile(folder)).toEqual(own);
    await removeServerFile(folder, before);
    expect(await readServerFile(folder)).toEqual(former());
  });

  it('names nobody once the former one has ended too', async () => {
    const before = await writeServerFile(folder, own);
    await killed();
    await removeServerFile(folder, before);
    expect(await readServerFile(folder)).toBeNull();
  });

  it('is left alone by one that it does not name any more', async () => {
    await removeServerFile(folder, null);
    expect(await readServerFile(folder)).toEqual(former());
  });

  it('names nobody when the one that it names was killed', async () => {
    await killed();
    expect(await readServerFile(folder)).toBeNull();
    expect(await writeServerFile(folder, own)).toBeNull();
  });
});
