import type pg from 'pg';
import { inBatches } from './batches.js';
import { columnOf, rowsOf, type LeftTable, type Rows } from './left-rows.js';

/** The rows of some orders, by the transactions that write them. */
export interface DependentBatch {
  /** As they were received; each request in a transaction of its own. */
  readonly requests: readonly Rows[];
  readonly orders: readonly Rows[];
  /** What becomes of the intents: their ids, and when. */
  readonly answers: readonly string[];
  readonly reservations: readonly Rows[];
  /** How far each counter moves: ids, ledger rows, quantities. */
  readonly moves: readonly string[];
}

/** How many orders there are in a request and in a batch, which may be of several requests. */
export interface DependentSizes {
  readonly request: number;
  readonly batch: number;
}

/** Reads what orders have left behind, in batches. */
export async function readForDependent(
  product: pg.Client,
  tables: readonly LeftTable[],
  orderIds: readonly string[],
  { request, batch }: DependentSizes,
): Promise<DependentBatch[]> {
  const batches: DependentBatch[] = [];
  for (const ids of inBatches(orderIds, batch)) batches.push(await readBatch(product, tables, ids, request));
  return batches;
}

async function readBatch(
  product: pg.Client,
  tables: readonly LeftTable[],
  ids: readonly string[],
  request: number,
): Promise<DependentBatch> {
  const read = async (wanted: (name: string) => boolean, of = ids, condition?: string) => {
    const found: Rows[] = [];
    for (const table of tables.filter(({ name }) => wanted(name)))
      found.push(await rowsOf(product, table, of, condition));
    return found;
  };
  const isIntent = (name: string) => name === '"order".order_intent';
  const isHistory = (name: string) => name === '"order".order_status_history';
  const requests: Rows[] = [];
  for (const some of inBatches(ids, request))
    requests.push(...(await read(isIntent, some)).map((rows) => received(rows, some.length)));
  const answered = await read(isIntent);
  const orders = await read((name) => name === '"order"."order"');
  const submitted = await read(isHistory, ids, `module = 'order'`);
  const reservations = await read((name) => name.startsWith('inventory.'));
  const reserved = await read(isHistory, ids, `module = 'inventory'`);
  const { rows } = await product.query<{ moves: string[] }>(MOVES, [ids]);
  return {
    requests,
    orders: [...orders, ...submitted],
    answers: answered.flatMap((intents) => [columnOf(intents, 'id'), columnOf(intents, 'updated_at')]),
    reservations: [...reservations, ...reserved],
    moves: rows[0]!.moves,
  };
}

/** An intent is answered after it was received; what is left behind has the answer. */
function received({ table, arrays }: Rows, count: number): Rows {
  const states = `{${Array.from({ length: count }, () => 'received').join(',')}}`;
  return { table, arrays: arrays.map((array, nth) => (table.columns[nth]!.name === 'state' ? states : array)) };
}

const MOVES = `
SELECT ARRAY[array_agg(stock_id)::text, array_agg(entries)::text, array_agg(reserved)::text] AS moves
  FROM (SELECT stock_id, count(*) AS entries, sum(delta_reserved) AS reserved
          FROM inventory.stock_ledger WHERE order_id = ANY($1::uuid[]) GROUP BY stock_id ORDER BY stock_id) AS m`;
