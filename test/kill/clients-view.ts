import type { Admin } from './admin.js';
import type { Operation, Testimony } from './oracle.js';

/** Where the row of a client's key is, by what it asked for. */
const KEYS: Readonly<Record<Operation, string>> = {
  intent: `SELECT order_intent_id AS key FROM "order"."order"`,
  cancel: `SELECT idempotency_key AS key FROM "order".order_adjustment WHERE kind = 'cancel'`,
  adjustment: `SELECT idempotency_key AS key FROM "order".order_adjustment WHERE kind = 'adjust'`,
  receipt: `SELECT r.idempotency_key AS key FROM inventory.receipt r JOIN inventory.stock_ledger l ON l.cause_id = r.id AND l.kind = 'receipt'`,
  stockAdjustment: `SELECT idempotency_key AS key FROM inventory.stock_ledger WHERE kind = 'adjustment'`,
};

/** How what the clients know and what the database has differ; all three must be empty. */
export interface Differences {
  /** Acknowledged, and not there (I1). */
  readonly lost: string[];
  /** There, and refused or never asked for (I2). */
  readonly invented: string[];
  /** There more than once (I3). */
  readonly doubled: string[];
}

/** Compares the oracle with the database. */
export async function differences(admin: Admin, known: ReadonlyMap<string, Testimony>): Promise<Differences> {
  const found = new Map<string, number>();
  for (const statement of Object.values(KEYS)) {
    for (const { key } of await admin.query<{ key: string }>(statement)) found.set(key, (found.get(key) ?? 0) + 1);
  }
  const lost = [...known.values()].filter(({ knowledge, key }) => knowledge === 'acknowledged' && !found.has(key));
  const invented = [...found.keys()].filter((key) => (known.get(key)?.knowledge ?? 'rejected') === 'rejected');
  const doubled = [...found].filter(([, count]) => count > 1).map(([key]) => key);
  return { lost: lost.map(({ key }) => key), invented, doubled };
}
