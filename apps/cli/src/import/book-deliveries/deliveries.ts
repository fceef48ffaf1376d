import type { ApiClient } from '../client/api-client.js';
import { sendBatches } from '../client/batch-results.js';
import { ImportFailure } from '../import-failure.js';
import type { SimulatedStock } from '../import-map.js';
import { mondayOf } from '../week.js';

/** Location `main` exists from the start (interfaces 3). */
export const LOCATION = 'main';

interface Receipt {
  readonly sku: string;
  readonly location: string;
  readonly quantity: string;
  readonly reference: string;
  readonly actor: string;
  readonly idempotencyKey: string;
}

/**
 * Books the simulated stock: for each SKU that the import meets, the opening stock and every delivery up to the week in
 * which it is met. So what is booked depends on SKUs and weeks alone, not on how the file is cut into imports.
 */
export class Deliveries {
  private readonly bookedThrough = new Map<string, number>();

  constructor(
    private readonly client: ApiClient,
    private readonly stock: SimulatedStock,
    private readonly source: string,
  ) {}

  /** Whether a SKU was met in an earlier week, so that orders may be waiting for what arrives in this one. */
  wasMetBefore(sku: string, week: number): boolean {
    return (this.bookedThrough.get(sku) ?? week) < week;
  }

  async bookThrough(week: number, skus: Iterable<string>): Promise<void> {
    const receipts: Receipt[] = [];
    for (const sku of skus) {
      receipts.push(...this.due(sku, week));
      this.bookedThrough.set(sku, Math.max(week, this.bookedThrough.get(sku) ?? week));
    }
    const results = await sendBatches(this.client, '/inventory/receipts/batch', 'receipts', receipts);
    for (const { index, status, problem } of results)
      if (status >= 300) throw notBooked(receipts[index], problem?.detail ?? String(status));
  }

  /** Units that were supplied to a SKU up to and in a week, booked or not. */
  suppliedThrough(sku: string, week: number): number {
    let supplied = this.stock.opening(sku);
    for (let w = this.stock.firstWeek; w <= week; w++) supplied += this.stock.delivered(sku, w);
    return supplied;
  }

  private due(sku: string, week: number): Receipt[] {
    const booked = this.bookedThrough.get(sku);
    const due = booked === undefined ? this.opening(sku) : [];
    for (let w = Math.max(this.stock.firstWeek, (booked ?? -Infinity) + 1); w <= week; w++) {
      const quantity = this.stock.delivered(sku, w);
      if (quantity > 0)
        due.push(this.receipt(sku, quantity, `simulated delivery, week of ${mondayOf(w)}`, mondayOf(w)));
    }
    return due;
  }

  private opening(sku: string): Receipt[] {
    const quantity = this.stock.opening(sku);
    return quantity > 0 ? [this.receipt(sku, quantity, 'simulated opening stock', 'opening')] : [];
  }

  private receipt(sku: string, quantity: number, reference: string, what: string): Receipt {
    const idempotencyKey = `${this.source}:receipt:${what}:${sku}`;
    return { sku, location: LOCATION, quantity: String(quantity), reference, actor: this.source, idempotencyKey };
  }
}

function notBooked(receipt: Receipt | undefined, why: string): ImportFailure {
  return new ImportFailure('unexpected-answer', `a receipt of SKU ${receipt?.sku} was refused: ${why}`);
}
