import type { ModuleTx } from '@orderkeel/platform';

/** A name that a tenant's order uses: a customer reference or a SKU. */
export interface TenantRef {
  readonly tenantId: string | null;
  readonly ref: string;
}

/** Which of the asked names exist. */
export interface KnownRefs {
  /** True when the tenant has it, or when it is shared with all tenants (a row without tenant; commerce X27). */
  has(tenantId: string | null, ref: string): boolean;
}

/** Which customers are known. Needs `core.customer` among the module's `reads`; one statement, however many are asked. */
export function knownCustomers(tx: ModuleTx, wanted: readonly TenantRef[]): Promise<KnownRefs> {
  return known(tx, 'core.customer', 'customer_ref', wanted);
}

/** Which SKUs are known. Needs `core.sku` among the module's `reads`; one statement, however many are asked. */
export function knownSkus(tx: ModuleTx, wanted: readonly TenantRef[]): Promise<KnownRefs> {
  return known(tx, 'core.sku', 'sku', wanted);
}

async function known(tx: ModuleTx, table: string, column: string, wanted: readonly TenantRef[]): Promise<KnownRefs> {
  const refs = [...new Set(wanted.map(({ ref }) => ref))];
  const tenants = [...new Set(wanted.map(({ tenantId }) => tenantId))].filter((tenantId) => tenantId !== null);
  const rows = await tx.query<TenantRef>(
    `SELECT tenant_id AS "tenantId", ${column} AS ref FROM ${table}
      WHERE ${column} = ANY($1::text[]) AND (tenant_id IS NULL OR tenant_id = ANY($2::uuid[]))`,
    [refs, tenants],
  );
  const found = new Set(rows.map(({ tenantId, ref }) => keyOf(tenantId, ref)));
  return { has: (tenantId, ref) => found.has(keyOf(tenantId, ref)) || found.has(keyOf(null, ref)) };
}

function keyOf(tenantId: string | null, ref: string): string {
  return `${tenantId ?? ''}/${ref}`;
}
