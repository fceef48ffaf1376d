import { slugOf } from '../client/problem.js';
import type { ApiClient } from '../client/api-client.js';
import { untilIngested } from '../client/until.js';
import type { SaleInvoice } from '../gather/stage.js';
import type { Tally } from '../tally.js';
import { IntentBatch } from './intent-batch.js';
import { intentOfInvoice } from './intent-of-invoice.js';
import { submitIntents, type IntentResult } from './submit-intents.js';
import { UndecidedIntents } from './undecided-intents.js';

/** An invoice that is an order now. */
export interface PlacedOrder {
  readonly sale: SaleInvoice;
  readonly orderId: string;
  /** It was not there before this import. */
  readonly isNew: boolean;
}

type Submitted = readonly [SaleInvoice, IntentResult];

/** Submits invoices as order intents, one batch after the other in the order of the file, and counts their lines. */
export class SubmitSales {
  private readonly undecided: UndecidedIntents;

  constructor(
    private readonly client: ApiClient,
    private readonly source: string,
    private readonly currency: string,
    private readonly tally: Tally,
    private readonly moved: () => void,
  ) {
    this.undecided = new UndecidedIntents(client, source);
  }

  /** Returns the invoices that are orders when the server has decided all of them. */
  async apply(sales: readonly SaleInvoice[]): Promise<readonly PlacedOrder[]> {
    if (sales.length === 0) return [];
    const submitted: Submitted[] = [];
    const batch = new IntentBatch<SaleInvoice>();
    for (const sale of sales) {
      const text = intentOfInvoice(sale, this.source, this.currency);
      if (batch.isFullFor(text)) submitted.push(...(await this.send(batch)));
      batch.add(text, sale);
    }
    submitted.push(...(await this.send(batch)));
    const added = submitted.filter(([, { status }]) => status === 202);
    for (const [{ invoice }] of added) this.undecided.forget(invoice);
    if (added.length > 0) await untilIngested(this.client, this.source);
    await this.undecided.refresh();
    return submitted.flatMap(([sale, result]) => this.count(sale, result));
  }

  private async send(batch: IntentBatch<SaleInvoice>): Promise<Submitted[]> {
    const { texts, origins } = batch.take();
    const results = await submitIntents(this.client, texts);
    this.tally.intents += results.filter(({ status }) => status === 202).length;
    this.moved();
    return results.map((result, index) => [origins[index]!, result]);
  }

  private count(sale: SaleInvoice, { status, orderId, problem }: IntentResult): PlacedOrder[] {
    const rejected = this.undecided.rejected.has(sale.invoice) ? 'intent-rejected' : undefined;
    const refusal = status < 300 ? rejected : slugOf(problem);
    for (const entry of sale.entries) {
      if (refusal) {
        this.tally.refuse(entry, refusal);
      } else {
        this.tally.accept(entry.reading.value);
        this.tally.round(entry.reading.priced.rounding);
      }
    }
    return refusal || !orderId || this.undecided.held.has(sale.invoice)
      ? []
      : [{ sale, orderId, isNew: status === 202 }];
  }
}
