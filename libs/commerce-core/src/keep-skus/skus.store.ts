import type { ModuleTx, Position } from '@orderkeel/platform';
import type { NamedTable } from '../data/named-table.js';
import { putRows, type PutCounts } from '../data/put-rows.js';
import { findRow, rowsAfter } from '../data/read-rows.js';
import { productRowIds } from '../keep-products/products.store.js';
import type { SkuAnswer } from './skus.schema.js';

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

const TABLE: NamedTable<SkuRow> = {
  table: 'core.sku',
  ref: 'sku',
  columns: { sku: 'text', product_id: 'uuid', name: 'text', stock_policy: 'text' },
  shown: 'kept.sku, product.product_ref AS "productId", kept.name, kept.stock_policy AS "stockPolicy"',
  joins: 'JOIN core.product AS product ON product.id = kept.product_id',
};

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
export function findSku(tx: ModuleTx, sku: string): Promise<SkuAnswer | undefined> {
  return findRow(tx, TABLE, sku);
}

/** SKUs in order of their names. */
export function skusAfter(tx: ModuleTx, after: Position | undefined, count: number): Promise<SkuAnswer[]> {
  return rowsAfter(tx, TABLE, after, count);
}
