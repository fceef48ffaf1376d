import type { EffectiveOrder } from '@orderkeel/order/contract';
import { quantityOf } from '../stock-book/quantity.js';

interface Want {
  readonly order: string;
  readonly line: string;
  readonly sku: string;
  quantity: bigint;
  reserved: bigint;
}

/**
 * The rules of reserving in their plainest form, to compare with: everything in one list in order of acceptance, no
 * ledger, no queue, no pieces.
 */
export class NaiveStock {
  readonly onHand = new Map<string, bigint>();
  /** In order of acceptance, since orders are numbered in it and their lines too. */
  wants: Want[] = [];

  decide({ orderId, lines }: EffectiveOrder): void {
    for (const { orderLineId, quantity } of lines) this.shrink(orderLineId, quantityOf(quantity));
    for (const { sku } of lines) this.fill(sku);
    for (const { orderLineId, sku, quantity } of lines) {
      const known = this.wants.some(({ line }) => line === orderLineId);
      if (known || quantity === '0' || !this.onHand.has(sku)) continue;
      const want = { order: orderId, line: orderLineId, sku, quantity: quantityOf(quantity), reserved: 0n };
      this.wants = [...this.wants, want].sort((a, b) => (a.line < b.line ? -1 : 1));
      want.reserved = least(want.quantity, this.available(sku));
    }
    for (const { sku } of lines) this.fill(sku);
  }

  /** False when on hand would go below zero. */
  putOnHand(sku: string, onHand: bigint): boolean {
    if (onHand < 0n) return false;
    this.onHand.set(sku, onHand);
    for (const want of [...this.wants].reverse()) {
      if (want.sku !== sku || this.available(sku) >= 0n) continue;
      want.reserved -= least(want.reserved, -this.available(sku));
    }
    this.fill(sku);
    return true;
  }

  reserved(sku: string): bigint {
    return this.wants.filter((want) => want.sku === sku).reduce((sum, { reserved }) => sum + reserved, 0n);
  }

  private shrink(lineId: string, quantity: bigint): void {
    const want = this.wants.find(({ line }) => line === lineId);
    if (!want) return;
    want.quantity = quantity;
    want.reserved = least(want.reserved, quantity);
  }

  private fill(sku: string): void {
    for (const want of this.wants)
      if (want.sku === sku && this.onHand.has(sku))
        want.reserved += least(want.quantity - want.reserved, this.available(sku));
  }

  private available(sku: string): bigint {
    return this.onHand.get(sku)! - this.reserved(sku);
  }
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
