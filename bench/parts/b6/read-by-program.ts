import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { packageRoot } from '../../../apps/server/src/index.js';
import { onConnection } from '../../../libs/platform/src/postgres/admin-connection.js';
import { until } from '../../../test/support/until.js';
import type { Installation } from '../../installation/installation.js';
import { watchCpu, type CpuUse } from '../../machine/cpu-watch.js';
import type { PreparedWal } from './prepare-wal.js';
import { holdSlot } from './product-reader.js';

/** What the configuration says of modules so that all executors are off. */
export type AllOff = Readonly<Record<string, { readonly executors: Record<string, { readonly enabled: false }> }>>;

/** What the program's slot is called while it reads prepared WAL. */
const SLOT = 'bench_program';
const START_MS = 60_000;
const READ_MS = 120_000;

/** Which executors there are to switch off, of a program that runs. */
export async function allOff(url: string): Promise<AllOff> {
  const { items } = (await (await fetch(`${url}/ops/consumers`)).json()) as {
    items: { module: string; executor: string }[];
  };
  const modules: Record<string, AllOff[string]> = {};
  for (const { module, executor } of items)
    (modules[module] ??= { executors: {} }).executors[executor] = { enabled: false };
  return modules;
}

/**
 * Lets the whole program, which was killed, read prepared WAL with all executors off, and kills it again. While it starts,
 * somebody else has the slot, as another process would; it takes over when the slot is free, and is measured from there on
 * until the server has sent everything. The slot is a copy, since the program acknowledges what it reads.
 */
export async function readByProgram(installation: Installation, wal: PreparedWal, off: AllOff): Promise<CpuUse> {
  const url = await installation.databaseUrl();
  return onConnection(url, async (database) => {
    await database.query('SELECT pg_copy_logical_replication_slot($1, $2)', [wal.slot, SLOT]);
    const release = await holdSlot(url, SLOT);
    await installation.startAgain({ ORDERKEEL_CONNECTOR: await connectorFile(installation.folder) }, off);
    await release();
    await until('the slot was let go', async () => (await sentLsn(database)) === null, START_MS);
    await until('the program reads', async () => (await sentLsn(database)) !== null, START_MS);
    const used = await watchCpu(await installation.processes());
    await until('all is sent', async () => ((await sentLsn(database)) ?? 0n) >= BigInt(wal.until), READ_MS);
    const use = await used();
    await installation.killProgram();
    await until('the program has left the slot', async () => (await sentLsn(database)) === null, START_MS);
    await database.query('SELECT pg_drop_replication_slot($1)', [SLOT]);
    return use;
  });
}

/** The shipped connector with the slot. */
async function connectorFile(folder: string): Promise<string> {
  const shipped = join(packageRoot(), 'infra/debezium/orderkeel-connector.json');
  const { name, config } = JSON.parse(await readFile(shipped, 'utf8')) as { name: string; config: object };
  const path = join(folder, 'bench-connector.json');
  await writeFile(path, JSON.stringify({ name, config: { ...config, 'slot.name': SLOT } }));
  return path;
}

/** How much of the slot's WAL its reader was sent; null when nobody reads. */
async function sentLsn(database: pg.Client): Promise<bigint | null> {
  const { rows } = await database.query<{ sent: string | null }>(
    `SELECT (r.sent_lsn - '0/0'::pg_lsn)::text AS sent
       FROM pg_replication_slots AS s JOIN pg_stat_replication AS r ON r.pid = s.active_pid WHERE s.slot_name = $1`,
    [SLOT],
  );
  return rows[0]?.sent == null ? null : BigInt(rows[0].sent);
}
