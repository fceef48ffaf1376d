import { LOCATION } from '../book-deliveries/deliveries.js';
import type { ApiClient } from '../client/api-client.js';
import { sendBatches } from '../client/batch-results.js';
import { slugOf } from '../client/problem.js';
import { millionths } from '../decimal.js';
import type { StockEntry } from '../gather/stage.js';
import type { Tally } from '../tally.js';
import { sumBefore, type AdjustedStock } from './adjusted-stock.js';
import { decideStockLine } from './stock.decide.js';
import { keyOfStockLine } from './stock-key.js';

interface KeyedEntry extends StockEntry {
  readonly key: string;
}

/** Units of a SKU that the simulation has supplied up to a week. */
export type SuppliedThrough = (sku: string, week: number) => number;

/**
 * Books stock lines as stock adjustments. They are decided against the simulated stock at their time, not against what
 * the server has by now, so that a file that comes again is decided the same; what the server refuses is refused too.
 */
export class AdjustStock {
  constructor(
    private readonly client: ApiClient,
    private readonly source: string,
    private readonly adjusted: AdjustedStock,
    private readonly supplied: SuppliedThrough,
    private readonly tally: Tally,
  ) {}

  async apply(entries: readonly StockEntry[], week: number): Promise<void> {
    const keyed = entries.map((entry) => ({ ...entry, key: keyOfStockLine(this.source, entry) }));
    const accepted: KeyedEntry[] = [];
    for (const entry of keyed.sort((a, b) => (a.key < b.key ? -1 : 1))) {
      if (await this.accepts(entry, week)) accepted.push(entry);
      else this.tally.refuse(entry, 'not-enough-stock');
    }
    await this.send(accepted);
  }

  private async accepts({ reading, key }: KeyedEntry, week: number): Promise<boolean> {
    const lines = await this.adjusted.of(reading.sku);
    const delta = millionths(reading.delta);
    const supplied = BigInt(this.supplied(reading.sku, week)) * 1_000_000n;
    const decided = lines.has(key) || decideStockLine({ delta, supplied, adjusted: sumBefore(lines, key) });
    if (decided) lines.set(key, delta);
    return decided;
  }

  private async send(entries: readonly KeyedEntry[]): Promise<void> {
    const adjustments = entries.map(({ reading: { sku, delta, reason }, key }) => {
      return { sku, location: LOCATION, delta, reason, actor: this.source, idempotencyKey: key };
    });
    const results = await sendBatches(this.client, '/inventory/stock-adjustments/batch', 'adjustments', adjustments);
    for (const [index, entry] of entries.entries()) {
      const { status, problem } = results[index] ?? { status: 500 };
      if (status === 201) this.tally.stockAdjustments += 1;
      if (status < 300) this.tally.accept(entry.reading.value);
      else await this.takeOut(entry, slugOf(problem));
    }
  }

  private async takeOut(entry: KeyedEntry, reason: string): Promise<void> {
    (await this.adjusted.of(entry.reading.sku)).delete(entry.key);
    this.tally.refuse(entry, reason);
  }
}
