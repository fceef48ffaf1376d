import type { AdjustmentChange } from '@orderkeel/order/contract';
import { idFrom, microsecondText } from '@orderkeel/platform';
import type pg from 'pg';

/** A line as a test wants it. */
export interface LineWish {
  readonly sku: string;
  readonly quantity: number | string;
}

/** An order that lies in the order core's tables. */
export interface PlacedOrder {
  readonly orderId: string;
  readonly lineIds: readonly string[];
}

/** Puts orders and their adjustments into the order core's tables, as its own commands do; one millisecond after another. */
export class PlacedOrders {
  private placed = 0;

  /** @param firstMs the first order's time; history has partitions for the months around now */
  constructor(
    private readonly admin: pg.Client,
    private readonly firstMs: number,
  ) {}

  async place(lines: readonly LineWish[], tenantId: string | null = null): Promise<PlacedOrder> {
    this.placed += 1;
    const atMs = this.firstMs + this.placed;
    const [intentId, orderId] = [idFrom(atMs, 'intent', this.placed), idFrom(atMs, 'order', this.placed)];
    const lineIds = lines.map((_, index) => idFrom(atMs, 'line', this.placed, index));
    const items = lines.map(({ sku, quantity }, index) => ({
      sku,
      quantity: String(quantity),
      orderLineId: lineIds[index],
    }));
    const at = microsecondText(atMs * 1000);
    await this.admin.query(
      `WITH intent AS (
         INSERT INTO "order".order_intent (id, order_id, tenant_id, source_system, order_intent_id, customer_ref, line_items,
           totals, content_hash, submitted_at, state, received_at, updated_at)
         VALUES ($1::uuid, $2::uuid, $3, 'test', $1::uuid::text, 'guest', $4, '{}', '', $5, 'accepted', $5, $5))
       INSERT INTO "order"."order" (id, order_id, tenant_id, intent_ref, source_system, order_intent_id, customer_ref,
         currency, line_items, totals, submitted_at, created_at, updated_at)
       VALUES ($2::uuid, $2::uuid, $3, $1::uuid, 'test', $1::uuid::text, 'guest', 'GBP', $4, '{}', $5, $5, $5)`,
      [intentId, orderId, tenantId, JSON.stringify(items), at],
    );
    return { orderId, lineIds };
  }

  async cancel({ orderId }: PlacedOrder): Promise<void> {
    await this.adjust(orderId, 'cancel', []);
  }

  async setQuantity(order: PlacedOrder, line: number, quantity: number | string): Promise<void> {
    const orderLineId = order.lineIds[line]!;
    await this.adjust(order.orderId, 'adjust', [{ type: 'lineQuantity', orderLineId, quantity: String(quantity) }]);
  }

  async note({ orderId }: PlacedOrder, text: string): Promise<void> {
    await this.adjust(orderId, 'adjust', [{ type: 'note', text }]);
  }

  private async adjust(
    orderId: string,
    kind: 'cancel' | 'adjust',
    changes: readonly AdjustmentChange[],
  ): Promise<void> {
    this.placed += 1;
    const atMs = this.firstMs + this.placed;
    await this.admin.query(
      `WITH revised AS (
         UPDATE "order"."order" SET revision = revision + 1, updated_at = $4 WHERE id = $2 RETURNING id, tenant_id, revision)
       INSERT INTO "order".order_adjustment (id, order_id, tenant_id, revision, kind, changes, reason, actor, created_at)
       SELECT $1, id, tenant_id, revision, $3, $5, 'test', 'test', $4 FROM revised`,
      [idFrom(atMs, 'adjustment', this.placed), orderId, kind, microsecondText(atMs * 1000), JSON.stringify(changes)],
    );
  }
}
