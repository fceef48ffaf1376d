import { onConnection } from '../../../libs/platform/src/postgres/admin-connection.js';
import { createSlot } from '../../../libs/platform/src/change-stream/replication/create-slot.js';
import { untilAtRest } from '../../installation/progress.js';
import type { BenchOnInstallation } from '../../part.js';
import { LOADS } from '../b1/loads.js';
import { measureThroughput } from '../b1/throughput.js';

/** WAL that waits in a slot. */
export interface PreparedWal {
  readonly name: 'orders' | 'large transaction';
  readonly slot: string;
  /** Where it ends; decimal LSN. */
  readonly until: string;
}

const LOAD = LOADS.find(({ name }) => name === 'batch-200')!;
const QUICK_SHARE = 4;
const LARGE_ROWS = 100_000;

/** What B1's orders leave, in the product's own transactions. */
export async function walOfOrders({ installation, generator, options }: BenchOnInstallation): Promise<PreparedWal> {
  const slot = 'bench_orders';
  await createSlot(await installation.databaseUrl(), slot);
  const load = options.quick ? { ...LOAD, orders: LOAD.orders / QUICK_SHARE } : LOAD;
  await measureThroughput(installation, generator, { prefix: 'b6', load });
  await untilAtRest(installation.url);
  return { name: 'orders', slot, until: await endOfWal(await installation.databaseUrl()) };
}

/** One transaction of 100,000 rows: the history's own, under other ids. Nobody may run who would react to them. */
export async function walOfLargeTransaction(databaseUrl: string): Promise<PreparedWal> {
  const slot = 'bench_large';
  await createSlot(databaseUrl, slot);
  await onConnection(databaseUrl, (database) => database.query(COPY_HISTORY, [LARGE_ROWS]));
  return { name: 'large transaction', slot, until: await endOfWal(databaseUrl) };
}

/** Ids begin with their time, which decides on the partition. */
const COPY_HISTORY = `
INSERT INTO "order".order_status_history
  (id, order_id, tenant_id, module, status_code, category, severity, payload, recorded_at, written_by)
SELECT (left(h.id::text, 13) || right(gen_random_uuid()::text, 23))::uuid, order_id, tenant_id, module, status_code, category,
       severity, payload, recorded_at, written_by
  FROM "order".order_status_history AS h CROSS JOIN generate_series(1, $1) AS copy LIMIT $1`;

async function endOfWal(databaseUrl: string): Promise<string> {
  const { rows } = await onConnection(databaseUrl, (database) =>
    database.query<{ end: string }>(`SELECT (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::text AS end`),
  );
  return rows[0]!.end;
}
