import { Conditions, type Caller, type Database, type ModuleTx, type Position } from '@orderkeel/platform';
import type { OrdersQuery } from './order.schema.js';

/** What orders are searched by. */
export type OrderFilters = Omit<OrdersQuery, 'limit' | 'cursor'>;

/** A status with at most so many entries is searched from its entries, others order by order. */
const FEW_ENTRIES = 100_000;
/** A SKU in at most so many orders is searched from those, others order by order. */
const FEW_ORDERS = 10_000;

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

/** The search itself, confined to the transaction's tenant whatever its role may see. */
async function findOrderIds(
  tx: ModuleTx,
  filters: OrderFilters,
  after: Position | undefined,
  count: number,
): Promise<string[]> {
  const sku = await withSku(tx, filters.sku);
  const where = new Conditions()
    .addAll('o.tenant_id IS NULL OR o.tenant_id = ?', tx.tenantId === null ? undefined : [tx.tenantId])
    .addAll('o.tenant_id IS NULL', tx.tenantId === null ? [] : undefined)
    .add('o.customer_ref = ?', filters.customerRef)
    .add('o.source_system = ?', filters.sourceSystem)
    .add('o.external_order_id = ?', filters.externalOrderId)
    .add(sku.condition, filters.sku)
    .add('o.created_at >= ?::timestamptz', filters.createdFrom)
    .add('o.created_at < ?::timestamptz', filters.createdTo)
    .add(await newestOf(tx, filters, sku.few), filters.statusCode)
    .addAll('(o.created_at, o.id) < (?::timestamptz, ?::uuid)', after);
  const rows = await tx.query<{ id: string }>(
    `SELECT o.id FROM "order"."order" o WHERE ${where.sql}
      ORDER BY o.created_at DESC, o.id DESC LIMIT ${where.parameter(count)}`,
    where.parameters,
  );
  return rows.map(({ id }) => id);
}

/** What the index on SKUs finds. */
const OF_SKU = `"order".skus_of(o.line_items) @> to_jsonb(?::text)`;

/**
 * The condition that a line is of the SKU, and whether few orders have it. Row security hides from the planner how often
 * a SKU is, so that it takes each for one order in a hundred, and we count: few are found by the index, wherever they are.
 * Of many the next page is looked for order by order; `IS TRUE` keeps the planner from collecting all of them first. At
 * 1,000,000 orders, a SKU in 200 of them takes 3 ms, in 9,000 90 ms, in half of them 55 ms, most of it for counting; one
 * in 50,000 of which none is recent takes 1.2 s.
 */
async function withSku(tx: ModuleTx, sku: string | undefined): Promise<{ condition: string; few: boolean }> {
  const few = sku !== undefined && (await hasAtMost(tx, `"order"."order" o WHERE ${OF_SKU}`, sku, FEW_ORDERS));
  const found = `o.id = ANY(ARRAY(SELECT o.id FROM "order"."order" o WHERE ${OF_SKU}))`;
  return { few, condition: few ? found : `(${OF_SKU}) IS TRUE` };
}

const NEWEST = `SELECT s.order_id FROM "order".latest_status s WHERE s.status_code = ?`;

/**
 * The condition that a status is the newest of its module. Nothing tells the planner how often it is, so we do: where
 * no other filter leaves few orders and the status has few entries, it is worked out from those first; else it is
 * looked up order by order until the page is full.
 */
async function newestOf(tx: ModuleTx, filters: OrderFilters, fewOfSku: boolean): Promise<string> {
  const { statusCode, customerRef, externalOrderId } = filters;
  const narrow = customerRef !== undefined || externalOrderId !== undefined || fewOfSku;
  if (statusCode === undefined || narrow) return `o.id IN (${NEWEST})`;
  const entries = '"order".order_status_history WHERE status_code = ?';
  const few = await hasAtMost(tx, entries, statusCode, FEW_ENTRIES);
  return few ? `o.id = ANY(ARRAY(${NEWEST}))` : `o.id IN (${NEWEST})`;
}

/** Whether at most so many rows match a value, without looking at more. */
async function hasAtMost(tx: ModuleTx, rows: string, value: string, most: number): Promise<boolean> {
  const [found] = await tx.query<{ few: boolean }>(
    `SELECT count(*) <= $2 AS few FROM (SELECT FROM ${rows.replace('?', '$1')} LIMIT $2::bigint + 1) AS counted`,
    [value, most],
  );
  return found!.few;
}
