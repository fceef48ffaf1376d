import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onConnection } from '../../libs/platform/src/postgres/admin-connection.js';
import { anIntent } from '../builders/an-intent.js';
import { Program } from '../support/real-program.js';
import { until } from '../support/until.js';

const isRoot = process.getuid?.() === 0;
if (!isRoot) console.warn('Skipped, because it needs root: a disk that becomes full while the program runs');

const MIB = 1024 * 1024;
/** A disk for the new cluster and some WAL. */
const DISK_MIB = 256;
const LEFT_BYTES = 3 * MIB;
/** What each intent carries: random, so that it does not become smaller. */
const BALLAST_BYTES = 6_000;

describe('a running program whose disk becomes full', () => {
  let folder: string;
  let program: Program;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orderkeel-disk-'));
    await chmod(folder, 0o711);
    program = await Program.in(folder);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m,mode=711`, 'orderkeel-test', program.dataDir]);
  });
  afterEach(async () => {
    await program.stop();
    execFileSync('umount', [program.dataDir]);
    await rm(folder, { recursive: true, force: true });
  });

  const submit = async (nth: number) => {
    const metadata = { ballast: randomBytes(BALLAST_BYTES).toString('base64') };
    const answer = await fetch(`${program.url}/order-intents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(anIntent({ orderIntentId: `disk-${nth}`, fields: { metadata } })),
      signal: AbortSignal.timeout(30_000),
    });
    await answer.text();
    return answer.status;
  };
  const ask = async (path: string) => (await fetch(`${program.url}${path}`)).status;
  const sql = async <Row extends object>(statement: string) =>
    onConnection(await program.adminUrl(), async (admin) => (await admin.query<Row>(statement)).rows);
  const orders = async () => {
    const rows = await sql<{ key: string }>('SELECT order_intent_id AS key FROM "order"."order" ORDER BY 1');
    return rows.map(({ key }) => key);
  };

  (isRoot ? it : it.skip)(
    'accepts nothing falsely, says why, and goes on when there is room (as root only)',
    async () => {
      await program.start();
      const statuses = new Map<number, number>();
      let nth = 0;
      const send = async () => void statuses.set((nth += 1), await submit(nth));
      await send();
      const { bavail, bsize } = await statfs(program.dataDir);
      await writeFile(join(program.dataDir, 'ballast'), Buffer.alloc(bavail * bsize - LEFT_BYTES));
      const refused = () => [...statuses.values()].filter((status) => status >= 500).length;
      while (refused() < 5) await send();
      expect(new Set([...statuses.values()])).toEqual(new Set([202, 503]));
      expect(await ask('/health/live')).toBe(200);
      await until('it says that the disk is full', async () =>
        /No space left on device|disk is full/i.test(await readFile(join(folder, 'program.log'), 'utf8')),
      );
      // Nor is there room for more of the log: PostgreSQL ends itself, and cannot start.
      await until('PostgreSQL is gone', async () => {
        await sql('SELECT pg_switch_wal()').catch(() => undefined);
        await send().catch(() => undefined);
        return (await ask('/health/ready')) === 503;
      });
      await send();
      expect(statuses.get(nth)).toBe(503);
      expect(await ask('/health/live')).toBe(200);

      await rm(join(program.dataDir, 'ballast'));
      await program.untilReady();
      await send();
      expect(statuses.get(nth)).toBe(202);
      const accepted = [...statuses].filter(([, status]) => status === 202).map(([each]) => `disk-${each}`);
      await until('all that was accepted are orders', async () => (await orders()).length >= accepted.length);
      const found = await orders();
      expect(found).toEqual([...new Set(found)]);
      expect(accepted.filter((key) => !found.includes(key))).toEqual([]);
    },
  );
});
