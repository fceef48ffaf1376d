import { Conditions, type Caller, type Database, type ModuleTx, type Position } from '@orderkeel/platform';
import type { OrdersQuery } from './order.schema.js';

/** What orders are searched by. */
export type OrderFilters = Omit<OrdersQuery, 'limit' | 'cursor'>;

/**
 * The ids of orders that match, newest first, behind a position. Row security lets no index on SKUs be used (the
 * operator is not leakproof), so that search alone runs as order's role, with the tenant as a condition; the orders themselves are always read as the API's, which sees its tenant and no more.
 */
export function searchOrders(
  database: Database,
  caller: Caller,
  filters: OrderFilters,
  after: Position | undefined,
  count: number,
): Promise<string[]> {
  const search = (tx: ModuleTx) => findOrderIds(tx, filters, after, count);
  return filters.sku === undefined ? database.read(caller, search) : database.command('order', caller, search);
}

/** How far back a search looks, and by what: order by order, or by the index on what is looked for. */
interface Reach {
  readonly by: 'order' | 'index';
  /** How many orders, of whomever; all there are if it is not said. */
  readonly orders?: number;
}

/**
 * Row security hides from the planner how often a SKU or a status is, so we look near before we look far. What is frequent
 * fills a page from the newest orders, one after the other; what is not is found by its index, collected and sorted, first
 * among those of late. At 1,000,000 orders, a SKU in 3,000 of them takes 4 ms.
 */
const OF_SKU_REACHES: readonly Reach[] = [
  { by: 'order', orders: 500 },
  { by: 'index', orders: 25_000 },
  { by: 'index' },
];
const OF_STATUS_REACHES: readonly Reach[] = [{ by: 'order', orders: 5_000 }, { by: 'index' }];
/** A status with at most so many entries is worked out from them at once. */
const FEW_ENTRIES = 1_000;

async function reachesFor(tx: ModuleTx, { sku, statusCode, customerRef, externalOrderId }: OrderFilters) {
  if (sku !== undefined) return OF_SKU_REACHES;
  const isNarrow = customerRef !== undefined || externalOrderId !== undefined;
  if (statusCode === undefined || isNarrow) return [{ by: 'order' } as const];
  return (await hasFewEntries(tx, statusCode)) ? OF_STATUS_REACHES.slice(-1) : OF_STATUS_REACHES;
}

/** The search itself, confined to the transaction's tenant whatever its role may see. */
async function findOrderIds(
  tx: ModuleTx,
  filters: OrderFilters,
  after: Position | undefined,
  count: number,
): Promise<string[]> {
  for (const { by, orders } of await reachesFor(tx, filters)) {
    const from = orders === undefined ? undefined : await createdAtBehind(tx, after, orders);
    const found = await findWithin(tx, filters, { by, from }, after, count);
    if (found.length === count || from === undefined) return found;
  }
  return [];
}

/** When the order was created that is so many behind a position; undefined where there are fewer. */
async function createdAtBehind(tx: ModuleTx, after: Position | undefined, orders: number): Promise<string | undefined> {
  const where = new Conditions().addAll(BEHIND, after);
  const [order] = await tx.query<{ at: string }>(
    `SELECT o.created_at AS at FROM "order"."order" o WHERE ${where.sql}
      ORDER BY o.created_at DESC, o.id DESC OFFSET ${where.parameter(orders)} LIMIT 1`,
    where.parameters,
  );
  return order?.at;
}

const BEHIND = '(o.created_at, o.id) < (?::timestamptz, ?::uuid)';

async function findWithin(
  tx: ModuleTx,
  filters: OrderFilters,
  { by, from }: { by: Reach['by']; from: string | undefined },
  after: Position | undefined,
  count: number,
): Promise<string[]> {
  const { sku, statusCode } = filters;
  const where = new Conditions()
    .addAll('o.tenant_id IS NULL OR o.tenant_id = ?', tx.tenantId === null ? undefined : [tx.tenantId])
    .addAll('o.tenant_id IS NULL', tx.tenantId === null ? [] : undefined)
    .add('o.customer_ref = ?', filters.customerRef)
    .add('o.source_system = ?', filters.sourceSystem)
    .add('o.external_order_id = ?', filters.externalOrderId)
    .addAll(SKU_BY[by], sku === undefined ? undefined : by === 'order' ? [sku] : [sku, from ?? '-infinity'])
    .add('o.created_at >= ?::timestamptz', from)
    .add('o.created_at >= ?::timestamptz', filters.createdFrom)
    .add('o.created_at < ?::timestamptz', filters.createdTo)
    .add(STATUS_BY[sku === undefined ? by : 'order'], statusCode)
    .addAll(BEHIND, after);
  const rows = await tx.query<{ id: string }>(
    `SELECT o.id FROM "order"."order" o WHERE ${where.sql}
      ORDER BY o.created_at DESC, o.id DESC LIMIT ${where.parameter(count)}`,
    where.parameters,
  );
  return rows.map(({ id }) => id);
}

const OF_SKU = `"order".skus_of(o.line_items) @> to_jsonb(?::text)`;

/** That a line is of the SKU; IS TRUE keeps the planner from collecting all such orders first. */
const SKU_BY = {
  order: `(${OF_SKU}) IS TRUE`,
  index: `o.id = ANY(ARRAY(SELECT o.id FROM "order"."order" o WHERE ${OF_SKU} AND o.created_at >= ?::timestamptz))`,
};

const NEWEST = `SELECT s.order_id FROM "order".latest_status s WHERE s.status_code = ?`;

/**
 * That a status is the newest of its module. IS TRUE keeps the planner from a join, whose best way it does not know; an order
 * is then asked for alone, and in the months from its own on.
 */
const STATUS_BY = {
  order: `EXISTS (${NEWEST} AND s.order_id = o.id AND s.id >= "order".first_entry_id(o.id)) IS TRUE`,
  index: `o.id = ANY(ARRAY(${NEWEST}))`,
};

/** Looks at no more entries than it takes to tell. */
async function hasFewEntries(tx: ModuleTx, statusCode: string): Promise<boolean> {
  const [found] = await tx.query<{ few: boolean }>(
    `SELECT count(*) <= $2 AS few
       FROM (SELECT FROM "order".order_status_history WHERE status_code = $1 LIMIT $2::bigint + 1) AS counted`,
    [statusCode, FEW_ENTRIES],
  );
  return found!.few;
}
