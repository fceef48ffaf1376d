import { Injectable } from '@nestjs/common';
import { effectId, insertRows, type ColumnTypes, type ModuleTx, unnest, columnsOf } from '@orderkeel/platform';
import { quantityOf } from '../stock-book/quantity.js';
import { placeOf, type Shelf } from '../stock-book/shelf.js';

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
const PLACES: ColumnTypes<Omit<WantedCounter, 'causeId'>> = { ...SKUS, location: 'text' };
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

/** The counters: locked, and made where they are missing (reliability 3.3). */
@Injectable()
export class StockStore {
  /**
   * Locks all counters of the SKUs, sorted, until the transaction ends, and gives them as shelves. A counter is given as
   * whoever was waited for has left it; of every other table what is read in a statement that waits may be older than
   * what it waited for, so facts are read in the next ones (architecture 7).
   * @param wanted counters of these SKUs that are made when they are missing
   */
  async lock(tx: ModuleTx, skus: readonly TenantSku[], wanted: readonly WantedCounter[] = []): Promise<Shelf[]> {
    const shelves = await this.lockKnown(tx, skus, wanted);
    const known = new Set(shelves.map(placeOf));
    const missing = wanted.filter((counter) => !known.has(placeOf(counter)));
    if (missing.length === 0) return shelves;
    await this.make(tx, missing);
    return this.lockKnown(tx, skus);
  }

  /**
   * Locks nothing and gives nothing while a wanted counter is missing: who waits until somebody else has made it must not
   * hold what that one asks for next.
   */
  private async lockKnown(
    tx: ModuleTx,
    skus: readonly TenantSku[],
    wanted: readonly WantedCounter[] = [],
  ): Promise<Shelf[]> {
    const rows = await tx.query<StockRow>(LOCK, [...columnsOf(SKUS, distinct(skus)), ...columnsOf(PLACES, wanted)]);
    return rows.map((row) => ({ ...row, onHand: quantityOf(row.onHand), reserved: quantityOf(row.reserved) }));
  }

  /** Sorted, as every writer makes them. */
  private async make(tx: ModuleTx, counters: readonly WantedCounter[]): Promise<void> {
    const at = tx.clock.now();
    const rows = counters.map(({ tenantId, sku, location, causeId }) => ({
      id: effectId(causeId, 'inventory', 'stock', `${sku}/${location}`),
      tenant_id: tenantId,
      sku,
      location,
      created_at: at,
      updated_at: at,
    }));
    const order = 'ORDER BY sku, location, tenant_id ON CONFLICT (sku, location, tenant_id) DO NOTHING';
    await insertRows(tx, 'inventory.stock', COUNTERS, rows, order);
  }
}

const LOCK = `
SELECT s.id AS "stockId", s.tenant_id AS "tenantId", s.sku, s.location, s.on_hand AS "onHand", s.reserved, s.sequence,
       s.updated_at AS "movedAt"
  FROM inventory.stock AS s JOIN ${unnest(SKUS, 'w')} ON s.sku = w.sku AND s.tenant_id IS NOT DISTINCT FROM w."tenantId"
 WHERE NOT EXISTS (
   SELECT FROM ${unnest(PLACES, 'p', 3)}
    WHERE NOT EXISTS (SELECT FROM inventory.stock AS k
                       WHERE k.sku = p.sku AND k.location = p.location AND k.tenant_id IS NOT DISTINCT FROM p."tenantId"))
 ORDER BY s.sku, s.location, s.tenant_id FOR UPDATE OF s`;

function distinct(skus: readonly TenantSku[]): TenantSku[] {
  return [...new Map(skus.map((one) => [`${one.tenantId ?? ''}/${one.sku}`, one])).values()];
}
