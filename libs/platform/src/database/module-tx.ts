import type { Clock } from '../time/clock.js';

/** A query's row; callers name the shape they selected. */
export type Row = Record<string, unknown>;

/**
 * One transaction under one module's database role; of what only reads, each statement may be its own. The only way to the database for a reaction, a command or a guard:
 * who holds a ModuleTx cannot commit it, retry it, or speak on another connection.
 *
 * Values come back as: timestamptz = RFC 3339 UTC text with microseconds, int8 = number (a larger one than 2^53 - 1
 * throws), numeric = text, date = text, jsonb = parsed.
 */
export interface ModuleTx {
  /** The module whose role is set, e.g. `inventory`. */
  readonly module: string;
  /** Who writes: the executor, or `api`. */
  readonly writer: string;
  /** The tenant of the caller of a command; batches of change events span tenants and have null. */
  readonly tenantId: string | null;
  readonly clock: Clock;
  /** Runs one statement and gives its rows. */
  query<R extends object = Row>(sql: string, parameters?: readonly unknown[]): Promise<R[]>;
  /** Runs one statement and gives the number of rows it touched. */
  execute(sql: string, parameters?: readonly unknown[]): Promise<number>;
  /** Runs work under another module's role in the same transaction and sets the role back; for guards and hooks. */
  asModule<T>(module: string, work: (tx: ModuleTx) => Promise<T>): Promise<T>;
  /** Runs once the transaction has committed; a hint to others in this process, never an effect. */
  afterCommit(hint: () => void): void;
}
