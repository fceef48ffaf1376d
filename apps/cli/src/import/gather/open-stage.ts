import type { CancellationLine, RefusedLine, SaleLine, StockLine } from '../import-map.js';
import type { Entry, SaleInvoice, Stage, StockEntry } from './stage.js';

interface OpenInvoice {
  readonly invoice: string;
  readonly customerRef: string;
  at: string;
  readonly entries: Entry<SaleLine>[];
}

/** A stage that still takes lines. */
export class OpenStage {
  lines = 0;
  private readonly skus = new Map<string, string>();
  private readonly sales = new Map<string, OpenInvoice>();
  private readonly cancellations: Entry<CancellationLine>[] = [];
  private readonly stock: StockEntry[] = [];
  private readonly stockLinesOf = new Map<string, number>();
  private readonly refused: Entry<RefusedLine>[] = [];

  constructor(readonly week: number) {}

  add({ reading, line }: Entry): void {
    this.lines += 1;
    if (reading.kind === 'sale') this.addSale({ reading, line });
    else if (reading.kind === 'cancellation') this.cancellations.push({ reading, line });
    else if (reading.kind === 'stock') this.addStock({ reading, line });
    else this.refused.push({ reading, line });
  }

  close(): Stage {
    const { week, skus, cancellations, stock, refused } = this;
    const sales: SaleInvoice[] = [...this.sales.values()];
    return { week, skus, sales, cancellations, stock, refused };
  }

  private addSale(entry: Entry<SaleLine>): void {
    const { invoice, customerRef, at, value } = entry.reading;
    const open = this.sales.get(invoice);
    if (!open || open.customerRef === customerRef) this.meet(entry.reading.sku, entry.reading.description);
    if (!open) {
      this.sales.set(invoice, { invoice, customerRef, at, entries: [entry] });
    } else if (open.customerRef !== customerRef) {
      // An order has one customer; the first line of the invoice names it.
      this.refused.push({ reading: { kind: 'refused', reason: 'other-customer', value }, line: entry.line });
    } else {
      open.entries.push(entry);
      if (at < open.at) open.at = at;
    }
  }

  private addStock(entry: Entry<StockLine>): void {
    const ordinal = this.stockLinesOf.get(entry.reading.invoice) ?? 0;
    this.stockLinesOf.set(entry.reading.invoice, ordinal + 1);
    this.meet(entry.reading.sku);
    this.stock.push({ ...entry, ordinal });
  }

  private meet(sku: string, description?: string): void {
    if (!this.skus.has(sku)) this.skus.set(sku, description?.trim() || sku);
  }
}
