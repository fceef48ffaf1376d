import type { ModuleTx, Position } from '@orderkeel/platform';
import type { Times } from '../data/times.js';
import { putRows, type NamedTable, type PutCounts } from '../data/put-rows.js';

/** What is sold; its variants are SKUs. */
export interface NewProduct {
  readonly productId: string;
  readonly name: string;
}

type ProductAnswer = NewProduct & Times;

const TABLE: NamedTable<{ product_ref: string; name: string }> = {
  table: 'core.product',
  ref: 'product_ref',
  columns: { product_ref: 'text', name: 'text' },
};

/** The products that a tenant sees: its own before the shared ones. */
const VISIBLE = `
SELECT DISTINCT ON (product_ref) product_ref AS "productId", name, created_at AS "createdAt", updated_at AS "updatedAt"
  FROM core.product
 WHERE (tenant_id IS NULL OR tenant_id = $1::uuid)`;

/** Makes the products be as given; see putRows. */
export function putProducts(tx: ModuleTx, products: readonly NewProduct[]): Promise<PutCounts> {
  const rows = products.map(({ productId, name }) => ({ product_ref: productId, name }));
  return putRows(tx, TABLE, rows);
}

/** The product of that name, or undefined. */
export async function findProduct(tx: ModuleTx, ref: string): Promise<ProductAnswer | undefined> {
  const [found] = await tx.query<ProductAnswer>(`${VISIBLE} AND product_ref = $2 ORDER BY product_ref, tenant_id`, [
    tx.tenantId,
    ref,
  ]);
  return found;
}

/** Products in order of their ids. */
export function productsAfter(tx: ModuleTx, [after = '']: Position = [], count: number): Promise<ProductAnswer[]> {
  return tx.query<ProductAnswer>(`${VISIBLE} AND product_ref > $2 ORDER BY product_ref, tenant_id LIMIT $3`, [
    tx.tenantId,
    after,
    count,
  ]);
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
