import type { z } from 'zod';

/**
 * A published table: what it is called, where its rows lie, which column orders its events, and how a row looks.
 * One declaration gives the TypeScript type, the JSON Schema, the topic, the connector's table and key lists, and the
 * runtime validation (architecture 3).
 */
export interface Contract<Row extends z.ZodObject = z.ZodObject> {
  /** Public name, `module.thing`, e.g. `order.order`. */
  readonly name: string;
  /** PostgreSQL schema and table. */
  readonly schema: string;
  readonly table: string;
  /** Column whose value orders the events: all events of one key share a lane, a partition, and a parking place. */
  readonly key: string;
  /** Rows of a mutable contract may be updated: an event then says only *which* row changed (architecture 4). */
  readonly mutable: boolean;
  readonly version: number;
  /** Columns that give the order in which rows came to be; catch-up works the keys in it. */
  readonly acceptedBy: readonly string[];
  /** A row as change events carry it: column names, Debezium's encodings. */
  readonly row: Row;
  readonly example: z.infer<Row>;
}

/** The type of a contract's row as change events carry it. */
export type RowOf<C extends Contract> = z.infer<C['row']>;

/** Declares a contract; the example is checked against the schema at once, so that a wrong one stops the build's tests. */
export function defineContract<Row extends z.ZodObject>(
  declaration: Omit<Contract<Row>, 'version' | 'acceptedBy'> & { version?: number; acceptedBy?: readonly string[] },
): Contract<Row> {
  return { version: 1, acceptedBy: ['created_at', 'id'], ...declaration };
}

/** The table's name as SQL wants it, both parts quoted. */
export function tableOf(contract: Contract): string {
  return `"${contract.schema}"."${contract.table}"`;
}
