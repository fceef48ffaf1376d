import type { ModuleTx, Position } from '@orderkeel/platform';
import type { NamedTable } from '../data/named-table.js';
import { putRows, type PutCounts } from '../data/put-rows.js';
import { findRow, rowsAfter } from '../data/read-rows.js';
import type { ProductAnswer } from './products.schema.js';

/** What is sold; its variants are SKUs. */
export interface NewProduct {
  readonly productId: string;
  readonly name: string;
}

const TABLE: NamedTable<{ product_ref: string; name: string }> = {
  table: 'core.product',
  ref: 'product_ref',
  columns: { product_ref: 'text', name: 'text' },
  shown: 'kept.product_ref AS "productId", kept.name',
};

/** Makes the products be as given; see putRows. */
export function putProducts(tx: ModuleTx, products: readonly NewProduct[]): Promise<PutCounts> {
  const rows = products.map(({ productId, name }) => ({ product_ref: productId, name }));
  return putRows(tx, TABLE, rows);
}

/** The product of that name, or undefined. */
export function findProduct(tx: ModuleTx, ref: string): Promise<ProductAnswer | undefined> {
  return findRow(tx, TABLE, ref);
}

/** Products in order of their ids. */
export function productsAfter(tx: ModuleTx, after: Position | undefined, count: number): Promise<ProductAnswer[]> {
  return rowsAfter(tx, TABLE, after, count);
}

/** The row ids of the products that the caller's tenant sees, by the caller's name of them; unknown names are left out. */
export async function productRowIds(tx: ModuleTx, refs: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ ref: string; id: string }>(
    `SELECT DISTINCT ON (product_ref) product_ref AS ref, id FROM core.product
      WHERE (tenant_id IS NULL OR tenant_id = $1::uuid) AND product_ref = ANY($2::text[])
      ORDER BY product_ref, tenant_id`,
    [tx.tenantId, [...new Set(refs)]],
  );
  return new Map(rows.map(({ ref, id }) => [ref, id]));
}
