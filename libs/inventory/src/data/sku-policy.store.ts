import { Inject, Injectable } from '@nestjs/common';
import { settingsToken, type ModuleTx } from '@orderkeel/platform';
import type { InventorySettings } from '../inventory.settings.js';
import type { TenantSku } from './stock.store.js';

/** Whether a SKU's stock is counted and reserved. */
export type Tracks = (tenantId: string | null, sku: string) => boolean;

interface PolicyRow extends TenantSku {
  readonly stockPolicy: InventorySettings['defaultPolicy'];
}

/** The stock policies of SKUs, of which commerce-core is canonical (inventory S1.105). */
@Injectable()
export class SkuPolicyStore {
  constructor(@Inject(settingsToken('inventory')) private readonly settings: InventorySettings) {}

  /** A tenant's own SKU comes before the shared one; a SKU that is not known has the default policy (interfaces 6). */
  async read(tx: ModuleTx, skus: readonly TenantSku[]): Promise<Tracks> {
    const rows = await tx.query<PolicyRow>(
      `SELECT tenant_id AS "tenantId", sku, stock_policy AS "stockPolicy" FROM core.sku WHERE sku = ANY($1::text[])`,
      [[...new Set(skus.map(({ sku }) => sku))]],
    );
    const policies = new Map(rows.map((row) => [keyOf(row.tenantId, row.sku), row.stockPolicy]));
    return (tenantId, sku) => {
      const policy = policies.get(keyOf(tenantId, sku)) ?? policies.get(keyOf(null, sku));
      return (policy ?? this.settings.defaultPolicy) !== 'untracked';
    };
  }
}

function keyOf(tenantId: string | null, sku: string): string {
  return `${tenantId ?? ''}/${sku}`;
}
