import { Injectable } from '@nestjs/common';
import type { ModuleTx } from '@orderkeel/platform';

/** A stock adjustment as it is answered: its ledger row. */
export interface BookedAdjustment {
  readonly id: string;
  readonly sku: string;
  readonly location: string;
  /** How much more, or less, is on hand. */
  readonly delta: string;
  readonly counted: string | null;
  /** What is on hand since then. */
  readonly onHand: string;
  readonly reason: string;
  readonly actor: string;
  readonly idempotencyKey: string | null;
  readonly recordedAt: string;
}

const ADJUSTMENT = `
SELECT id, sku, location, trim_scale(delta_on_hand) AS delta, trim_scale(counted) AS counted,
       trim_scale(on_hand_before + delta_on_hand) AS "onHand", reason, actor, idempotency_key AS "idempotencyKey",
       recorded_at AS "recordedAt"
  FROM inventory.stock_ledger WHERE kind = 'adjustment'`;

/** The adjustments among the rows of inventory.stock_ledger. */
@Injectable()
export class AdjustmentStore {
  /** The caller's adjustments under these idempotency keys. */
  async byKeys(tx: ModuleTx, keys: readonly string[]): Promise<BookedAdjustment[]> {
    if (keys.length === 0) return [];
    return tx.query<BookedAdjustment>(
      `${ADJUSTMENT} AND idempotency_key = ANY($1::text[]) AND tenant_id IS NOT DISTINCT FROM $2::uuid`,
      [keys, tx.tenantId],
    );
  }

  async byIds(tx: ModuleTx, ids: readonly string[]): Promise<Map<string, BookedAdjustment>> {
    const found = await tx.query<BookedAdjustment>(`${ADJUSTMENT} AND id = ANY($1::uuid[])`, [ids]);
    return new Map(found.map((adjustment) => [adjustment.id, adjustment]));
  }
}
