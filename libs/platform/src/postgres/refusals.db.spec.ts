import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { dataFolder, endProgram, ownerProgram, removeFolder } from '../../../../test/support/postgres-programs.js';
import { onConnection } from './admin-connection.js';
import { startEmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.js';
import { canEnter, serverUser } from './server-user.js';

const isRoot = process.getuid?.() === 0;
const itAsRoot = isRoot ? it : it.skip;
if (!isRoot)
  console.warn('Skipped, because they need root: PostgreSQL on a full disk, as another user, in a closed folder');

describe('the embedded PostgreSQL refuses', () => {
  let dataDir: string;
  const said: string[] = [];
  const start = (options: Partial<EmbeddedPostgresOptions> = {}) => {
    const log = { info: (line: string) => said.push(line), warn: (line: string) => said.push(line) };
    return startEmbeddedPostgres({ dataDir, explicitDataDir: true, namespace: 'orderkeel', log, ...options });
  };

  beforeEach(async () => {
    dataDir = await dataFolder();
    said.length = 0;
  });
  afterEach(() => removeFolder(dataDir));

  it('data of another major version', async () => {
    const older = await start({ version: 17 });
    expect(older.version).toMatch(/^17\./);
    await older.stop();
    await expect(start()).rejects.toMatchObject({
      code: 'data-version',
      message: expect.stringMatching(/PostgreSQL 17.*PostgreSQL 18.*ORDERKEEL_DATA_DIR/s),
    });
  });

  it('a folder that cannot be made', async () => {
    await writeFile(join(dataDir, 'file'), '');
    await expect(start({ dataDir: join(dataDir, 'file', 'data') })).rejects.toMatchObject({
      code: 'folder-not-writable',
      message: expect.stringContaining(join(dataDir, 'file', 'data')),
    });
  });

  it('a setting that the server does not know, in the words of its log', async () => {
    await expect(start({ settings: { no_such_setting: '1' } })).rejects.toMatchObject({
      code: 'start-failed',
      message: expect.stringContaining('no_such_setting'),
    });
  });

  itAsRoot('a folder that an ordinary user may not write, when that user starts it (as root only)', async () => {
    const user = await serverUser(dataDir);
    const { program, answer } = await ownerProgram(join(dataDir, 'data'), { uid: 65_534, gid: 65_534 });
    await endProgram(program, 'SIGKILL');
    expect(user.switched).toBe(true);
    expect(answer).toMatchObject({ code: 'folder-not-writable', message: expect.stringContaining('EACCES') });
  });

  itAsRoot('a closed folder that was asked for, and takes another one by default (as root only)', async () => {
    const closed = await mkdtemp(join(tmpdir(), 'orderkeel-closed-'));
    await chmod(closed, 0o700);
    const inside = join(closed, '.orderkeel');
    await mkdir(inside, { mode: 0o755 });
    await expect(start({ dataDir: inside })).rejects.toMatchObject({ code: 'folder-not-enterable' });
    const postgres = await start({ dataDir: inside, explicitDataDir: false });
    await postgres.stop();
    expect(postgres.dataDir).toMatch(/^\/var\/lib\/orderkeel\/[0-9a-f]{16}$/);
    expect(said.join()).toContain(postgres.dataDir);
    await rm(postgres.dataDir, { recursive: true });
    await rm(closed, { recursive: true });
  });

  itAsRoot('to run as root, and runs as an ordinary user (as root only)', async () => {
    const postgres = await start();
    const { uid } = await stat(`/proc/${postgres.pid}`);
    expect(uid).not.toBe(0);
    expect((await stat(join(dataDir, 'postgres', 'cluster'))).uid).toBe(uid);
    await postgres.stop();
  });

  itAsRoot('nothing of what root does, when root continues the data of an ordinary user (as root only)', async () => {
    const nobody = { uid: 65_534, gid: 65_534 };
    execFileSync('chown', [`${nobody.uid}:${nobody.gid}`, dataDir]);
    const { program, answer } = await ownerProgram(dataDir, nobody);
    await endProgram(program, 'SIGTERM');
    expect(answer.pid).toBeGreaterThan(0);
    const postgres = await start();
    expect((await stat(`/proc/${postgres.pid}`)).uid).toBe(nobody.uid);
    await postgres.stop();
  });

  itAsRoot('a full disk, and goes on when there is room again (as root only)', async () => {
    const user = await serverUser(dataDir);
    expect(await canEnter(user, dataDir)).toBe(true);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=711', 'orderkeel-test', dataDir]);
    try {
      const full = { code: 'disk-full', message: expect.stringMatching(/full.*Free some space/s) };
      await expect(start()).rejects.toMatchObject(full);
      execFileSync('mount', ['-o', 'remount,size=200m', dataDir]);
      const postgres = await start();
      await onConnection(postgres.adminUrl, (client) => client.query('CREATE TABLE kept AS SELECT 42 AS answer'));
      await postgres.stop();
      await writeFile(join(dataDir, 'ballast'), Buffer.alloc(250 * 1024 * 1024)).catch(() => undefined);
      await expect(start()).rejects.toMatchObject(full);
      await rm(join(dataDir, 'ballast'));
      const again = await start();
      const { rows } = await onConnection(again.adminUrl, (client) => client.query('SELECT answer FROM kept'));
      await again.stop();
      expect(rows).toEqual([{ answer: 42 }]);
    } finally {
      execFileSync('umount', [dataDir]);
    }
  });
});
