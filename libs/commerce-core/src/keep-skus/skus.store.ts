import type { ModuleTx, Position } from '@orderkeel/platform';
import { withoutNulls, type Times, type WithoutNulls } from '../data/times.js';
import { putRows, type NamedTable, type PutCounts } from '../data/put-rows.js';
import { productRowIds } from '../keep-products/products.store.js';

/** What becomes of an order line that stock cannot fill: it waits, or nobody counts this SKU at all (interfaces 3). */
export const STOCK_POLICIES = ['backorder', 'untracked'] as const;
/** One of the stock policies. */
export type StockPolicy = (typeof STOCK_POLICIES)[number];

/** What an order line names: one sellable variant of a product. */
export interface NewSku {
  readonly sku: string;
  readonly productId: string;
  readonly name?: string | undefined;
  readonly stockPolicy: StockPolicy;
}

/** The puts were done, or nothing was, since these positions name products that the caller does not have. */
export type PutSkusResult = PutCounts | { readonly unknownProducts: readonly number[] };

interface SkuRow {
  sku: string;
  product_id: string;
  name: string | null;
  stock_policy: StockPolicy;
}

type SkuAnswer = { sku: string; productId: string; name: string | null; stockPolicy: StockPolicy } & Times;

const TABLE: NamedTable<SkuRow> = {
  table: 'core.sku',
  ref: 'sku',
  columns: { sku: 'text', product_id: 'uuid', name: 'text', stock_policy: 'text' },
};

/** The SKUs that a tenant sees: its own before the shared ones. */
const VISIBLE = `
SELECT DISTINCT ON (s.sku) s.sku, p.product_ref AS "productId", s.name, s.stock_policy AS "stockPolicy",
       s.created_at AS "createdAt", s.updated_at AS "updatedAt"
  FROM core.sku s JOIN core.product p ON p.id = s.product_id
 WHERE (s.tenant_id IS NULL OR s.tenant_id = $1::uuid)`;

/** Makes the SKUs be as given, all or none; see putRows. */
export async function putSkus(tx: ModuleTx, skus: readonly NewSku[]): Promise<PutSkusResult> {
  // Products are never deleted, so what is found here stays.
  const products = await productRowIds(
    tx,
    skus.map(({ productId }) => productId),
  );
  const rows: SkuRow[] = [];
  const unknownProducts: number[] = [];
  for (const [index, { sku, productId, name = null, stockPolicy }] of skus.entries()) {
    const product = products.get(productId);
    if (product === undefined) unknownProducts.push(index);
    else rows.push({ sku, product_id: product, name, stock_policy: stockPolicy });
  }
  return unknownProducts.length > 0 ? { unknownProducts } : putRows(tx, TABLE, rows);
}

/** The SKU of that name, or undefined. */
export async function findSku(tx: ModuleTx, sku: string): Promise<WithoutNulls<SkuAnswer> | undefined> {
  const [found] = await tx.query<SkuAnswer>(`${VISIBLE} AND s.sku = $2 ORDER BY s.sku, s.tenant_id`, [
    tx.tenantId,
    sku,
  ]);
  return found && withoutNulls(found);
}

/** SKUs in order of their names. */
export async function skusAfter(
  tx: ModuleTx,
  [after = '']: Position = [],
  count: number,
): Promise<WithoutNulls<SkuAnswer>[]> {
  const rows = await tx.query<SkuAnswer>(`${VISIBLE} AND s.sku > $2 ORDER BY s.sku, s.tenant_id LIMIT $3`, [
    tx.tenantId,
    after,
    count,
  ]);
  return rows.map(withoutNulls);
}
