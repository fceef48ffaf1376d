import type { ModuleTx, Position } from '@orderkeel/platform';
import type { NamedTable } from '../data/named-table.js';
import { putRows, type PutCounts } from '../data/put-rows.js';
import { findRow, rowsAfter } from '../data/read-rows.js';
import type { CustomerAnswer } from './customers.schema.js';

/** A customer, by the reference that orders carry. */
export interface NewCustomer {
  readonly customerRef: string;
  readonly name?: string | undefined;
}

interface CustomerRow {
  customer_ref: string;
  name: string | null;
}

const TABLE: NamedTable<CustomerRow> = {
  table: 'core.customer',
  ref: 'customer_ref',
  columns: { customer_ref: 'text', name: 'text' },
  shown: 'kept.customer_ref AS "customerRef", kept.name',
};

/** Makes the customers be as given; see putRows. */
export function putCustomers(tx: ModuleTx, customers: readonly NewCustomer[]): Promise<PutCounts> {
  const rows = customers.map(({ customerRef, name = null }) => ({ customer_ref: customerRef, name }));
  return putRows(tx, TABLE, rows);
}

/** The customer of that name, or undefined. */
export function findCustomer(tx: ModuleTx, ref: string): Promise<CustomerAnswer | undefined> {
  return findRow(tx, TABLE, ref);
}

/** Customers in order of their references. */
export function customersAfter(tx: ModuleTx, after: Position | undefined, count: number): Promise<CustomerAnswer[]> {
  return rowsAfter(tx, TABLE, after, count);
}
