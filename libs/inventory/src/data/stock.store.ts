import { Injectable } from '@nestjs/common';
import { effectId, insertRows, type ColumnTypes, type ModuleTx, unnest, columnsOf } from '@orderkeel/platform';
import { quantityOf } from '../stock-book/quantity.js';
import type { Shelf } from '../stock-book/shelf.js';

/** A SKU of one tenant, or of all when it has none. */
export interface TenantSku {
  readonly tenantId: string | null;
  readonly sku: string;
}

/** A counter that has to exist, and the row that asks for it first. */
export interface WantedCounter extends TenantSku {
  readonly location: string;
  readonly causeId: string;
}

const SKUS: ColumnTypes<TenantSku> = { tenantId: 'uuid', sku: 'text' };
const COUNTERS = {
  id: 'uuid',
  tenant_id: 'uuid',
  sku: 'text',
  location: 'text',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
} as const;

interface StockRow extends TenantSku {
  readonly stockId: string;
  readonly location: string;
  readonly onHand: string;
  readonly reserved: string;
  readonly sequence: number;
  readonly movedAt: string;
}

/** The counters: made, locked and read, in this order (reliability 3.3). */
@Injectable()
export class StockStore {
  /** Makes the counters that are not there yet; sorted, as every writer takes them. */
  async ensure(tx: ModuleTx, wanted: readonly WantedCounter[]): Promise<void> {
    const missing = await this.missing(tx, wanted);
    if (missing.length === 0) return;
    const at = tx.clock.now();
    const rows = missing.map(({ tenantId, sku, location, causeId }) => ({
      id: effectId(causeId, 'inventory', 'stock', `${sku}/${location}`),
      tenant_id: tenantId,
      sku,
      location,
      created_at: at,
      updated_at: at,
    }));
    await insertRows(
      tx,
      'inventory.stock',
      COUNTERS,
      rows,
      'ORDER BY sku, location, tenant_id ON CONFLICT (sku, location, tenant_id) DO NOTHING',
    );
  }

  /** Counters are never taken away, so what is there now needs no second look; a new one is rare. */
  private async missing(tx: ModuleTx, wanted: readonly WantedCounter[]): Promise<WantedCounter[]> {
    const rows = await tx.query<{ nth: number }>(
      `SELECT w.nth FROM unnest($1::uuid[], $2::text[], $3::text[], $4::int[]) AS w("tenantId", sku, location, nth)
        WHERE NOT EXISTS (SELECT FROM inventory.stock AS s WHERE ${SAME_SKU} AND s.location = w.location)`,
      [
        wanted.map(({ tenantId }) => tenantId),
        wanted.map(({ sku }) => sku),
        wanted.map(({ location }) => location),
        wanted.map((_, nth) => nth),
      ],
    );
    return rows.map(({ nth }) => wanted[nth]!);
  }

  /**
   * Locks all counters of the SKUs, sorted, until the transaction ends, and gives their ids. Reads nothing else: what is
   * read in the statement that waits may be older than what it waited for (architecture 7).
   */
  async lock(tx: ModuleTx, skus: readonly TenantSku[]): Promise<string[]> {
    const locked = await tx.query<{ id: string }>(
      `SELECT s.id FROM inventory.stock AS s JOIN ${unnest(SKUS, 'w')} ON ${SAME_SKU}
        ORDER BY s.sku, s.location, s.tenant_id FOR UPDATE OF s`,
      columnsOf(SKUS, distinct(skus)),
    );
    return locked.map(({ id }) => id);
  }

  /** Counters that were locked before, as shelves. One that came to be since is not among them: nobody holds it. */
  async shelves(tx: ModuleTx, lockedIds: readonly string[]): Promise<Shelf[]> {
    const rows = await tx.query<StockRow>(
      `SELECT id AS "stockId", tenant_id AS "tenantId", sku, location, on_hand AS "onHand", reserved, sequence,
              updated_at AS "movedAt"
         FROM inventory.stock WHERE id = ANY($1::uuid[])`,
      [lockedIds],
    );
    return rows.map((row) => ({ ...row, onHand: quantityOf(row.onHand), reserved: quantityOf(row.reserved) }));
  }
}

const SAME_SKU = `s.sku = w.sku AND s.tenant_id IS NOT DISTINCT FROM w."tenantId"`;

function distinct(skus: readonly TenantSku[]): TenantSku[] {
  return [...new Map(skus.map((one) => [`${one.tenantId ?? ''}/${one.sku}`, one])).values()];
}
