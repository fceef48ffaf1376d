import { until } from '../support/until.js';
import type { Admin } from './admin.js';

const RECOVERED_MS = 120_000;
const OWNED_BY = `SELECT 1 FROM cdc.checkpoint WHERE pos_kind = 'offset' AND split_part(owner, '/', 2) = $1::text LIMIT 1`;
const RESERVED_SINCE = `
SELECT 1 FROM "order".order_intent i JOIN "order".order_status_history h USING (order_id)
 WHERE i.received_at > to_timestamp($1::double precision / 1000) AND h.module = 'inventory' LIMIT 1`;

/** How long a hit was felt, milliseconds. */
export interface Felt {
  /** Until the other program had all partitions. */
  readonly takeoverMs?: number;
  /** Until `stack:up` was done. */
  readonly mendedMs?: number;
  /** Until an order was reserved that came later than the hit. */
  readonly recoveredMs?: number;
}

/** Measures from the moment at which it is made. */
export class Feeling {
  private readonly sinceMs = performance.now();
  private readonly sinceEpochMs = Date.now();

  constructor(private readonly admin: Admin) {}

  /** Milliseconds so far. */
  get ms(): number {
    return Math.round(performance.now() - this.sinceMs);
  }

  /** Milliseconds until no partition was a process's any more. */
  async untilTakenOver(pid: number): Promise<number> {
    const free = async () => (await this.admin.tryQuery(OWNED_BY, [pid]))?.length === 0;
    await until(`nothing is owned by ${pid}`, free, RECOVERED_MS);
    return this.ms;
  }

  /** Milliseconds until an order was reserved that came later. */
  async untilReserved(): Promise<number> {
    const found = async () => ((await this.admin.tryQuery(RESERVED_SINCE, [this.sinceEpochMs]))?.length ?? 0) > 0;
    await until('a new order is reserved', found, RECOVERED_MS);
    return this.ms;
  }
}

/** How often, and the longest of each time. */
export function longest(felt: readonly Felt[]): Record<string, number> {
  const figures: Record<string, number> = { count: felt.length };
  for (const times of felt) {
    for (const [name, ms] of Object.entries(times))
      figures[`${name}Max`] = Math.max(figures[`${name}Max`] ?? 0, ms as number);
  }
  return figures;
}
