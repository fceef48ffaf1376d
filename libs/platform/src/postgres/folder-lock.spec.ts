import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockFolder } from './folder-lock.js';
import { processIdentity } from './process-identity.js';

describe('the lock of a data folder', () => {
  let folder: string;
  const held = (holder: object) => writeFile(join(folder, 'program.lock'), JSON.stringify(holder));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orderkeel-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('keeps a second program out until the first lets go, and leaves nothing', async () => {
    const first = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'folder-in-use' });
    await first.release();
    await (await lockFolder(folder)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is free when its holder is gone', async () => {
    const gone = spawn('sleep', ['60']);
    const identity = await processIdentity(gone.pid ?? 0);
    const exit = once(gone, 'exit');
    gone.kill('SIGKILL');
    await exit;
    await held({ pid: gone.pid, identity, token: 'gone' });
    await (await lockFolder(folder)).release();
  });

  it("is free when its holder's id belongs to a process that started later", async () => {
    await held({ pid: process.pid, identity: 'another start', token: 'gone' });
    await (await lockFolder(folder)).release();
  });

  it('is free when a crash of the machine left it empty', async () => {
    await writeFile(join(folder, 'program.lock'), '');
    await (await lockFolder(folder)).release();
  });

  it('goes to exactly one of many who find the same stale one', async () => {
    for (let round = 0; round < 20; round++) {
      await held({ pid: 1, identity: 'before the last boot', token: `gone ${round}` });
      const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(folder)));
      const winners = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
      expect(winners).toHaveLength(1);
      await winners[0]?.release();
      expect(await readdir(folder)).toEqual([]);
    }
  });

  it('is never held twice while many take it and let it go', async () => {
    let holders = 0;
    const takeOnce = async () => {
      const lock = await lockFolder(folder).catch(() => null);
      if (lock === null) return;
      holders += 1;
      expect(holders).toBe(1);
      await setImmediate();
      holders -= 1;
      await lock.release();
    };
    for (let round = 0; round < 50; round++) {
      await held({ pid: 1, identity: 'before the last boot', token: `gone ${round}` });
      await Promise.all(Array.from({ length: 16 }, takeOnce));
    }
  });

  it('is inherited from an heir who died before it took the lock', async () => {
    await held({ pid: 1, identity: 'before the last boot', token: 'first' });
    const heir = { pid: 1, identity: 'before the last boot', token: 'second' };
    await writeFile(join(folder, 'program.lock.after-first'), JSON.stringify(heir));
    const lock = await lockFolder(folder);
    expect(await readdir(folder)).toEqual(['program.lock']);
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'folder-in-use' });
    await lock.release();
  });

  it('does not release what another program holds', async () => {
    const first = await lockFolder(folder);
    await held({ pid: process.pid, identity: await processIdentity(process.pid), token: 'another' });
    await first.release();
    expect(await readFile(join(folder, 'program.lock'), 'utf8')).toContain('another');
  });
});
