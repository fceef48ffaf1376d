import type { ModuleTx, Position } from '@orderkeel/platform';
import { withoutNulls, type Times, type WithoutNulls } from '../data/times.js';
import { putRows, type NamedTable, type PutCounts } from '../data/put-rows.js';

/** A customer, by the reference that orders carry. */
export interface NewCustomer {
  readonly customerRef: string;
  readonly name?: string | undefined;
}

interface CustomerRow {
  customer_ref: string;
  name: string | null;
}

type CustomerAnswer = { customerRef: string; name: string | null } & Times;

const TABLE: NamedTable<CustomerRow> = {
  table: 'core.customer',
  ref: 'customer_ref',
  columns: { customer_ref: 'text', name: 'text' },
};

/** The customers that a tenant sees: its own before the shared ones. */
const VISIBLE = `
SELECT DISTINCT ON (customer_ref) customer_ref AS "customerRef", name, created_at AS "createdAt", updated_at AS "updatedAt"
  FROM core.customer
 WHERE (tenant_id IS NULL OR tenant_id = $1::uuid)`;

/** Makes the customers be as given; see putRows. */
export function putCustomers(tx: ModuleTx, customers: readonly NewCustomer[]): Promise<PutCounts> {
  const rows = customers.map(({ customerRef, name = null }) => ({ customer_ref: customerRef, name }));
  return putRows(tx, TABLE, rows);
}

/** The customer of that name, or undefined. */
export async function findCustomer(tx: ModuleTx, ref: string): Promise<WithoutNulls<CustomerAnswer> | undefined> {
  const [found] = await tx.query<CustomerAnswer>(`${VISIBLE} AND customer_ref = $2 ORDER BY customer_ref, tenant_id`, [
    tx.tenantId,
    ref,
  ]);
  return found && withoutNulls(found);
}

/** Customers in order of their references. */
export async function customersAfter(
  tx: ModuleTx,
  [after = '']: Position = [],
  count: number,
): Promise<WithoutNulls<CustomerAnswer>[]> {
  const rows = await tx.query<CustomerAnswer>(
    `${VISIBLE} AND customer_ref > $2 ORDER BY customer_ref, tenant_id LIMIT $3`,
    [tx.tenantId, after, count],
  );
  return rows.map(withoutNulls);
}
