import type { ApiClient } from '../client/api-client.js';
import { pagesOf } from '../client/all-items.js';
import { millionths } from '../decimal.js';
import { stockKeyPrefix } from './stock-key.js';

/** An entry of the stock ledger (GET /inventory/stock-ledger), as far as an import reads it. */
interface LedgerEntry {
  readonly idempotencyKey?: string | null;
  readonly deltaOnHand: string;
}

/**
 * The accepted stock lines of each SKU, of this import and, read from the ledger when a SKU is first asked for, of
 * earlier ones. Nothing is read when the source was new.
 */
export class AdjustedStock {
  private readonly skus = new Map<string, Map<string, bigint>>();

  constructor(
    private readonly client: ApiClient,
    private readonly source: string,
    private readonly hasHistory: boolean,
  ) {}

  /** Key -> millionths. The caller adds what it accepts. */
  async of(sku: string): Promise<Map<string, bigint>> {
    let lines = this.skus.get(sku);
    if (!lines) this.skus.set(sku, (lines = this.hasHistory ? await this.read(sku) : new Map<string, bigint>()));
    return lines;
  }

  private async read(sku: string): Promise<Map<string, bigint>> {
    const lines = new Map<string, bigint>();
    for await (const page of pagesOf<LedgerEntry>(this.client, '/inventory/stock-ledger', { sku, kind: 'adjustment' }))
      for (const { idempotencyKey, deltaOnHand } of page)
        if (idempotencyKey?.startsWith(stockKeyPrefix(this.source))) lines.set(idempotencyKey, millionths(deltaOnHand));
    return lines;
  }
}

/** Sum of the lines that came before a key. */
export function sumBefore(lines: ReadonlyMap<string, bigint>, key: string): bigint {
  let sum = 0n;
  for (const [other, delta] of lines) if (other < key) sum += delta;
  return sum;
}
