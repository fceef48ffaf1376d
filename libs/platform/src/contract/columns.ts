import { z } from 'zod';

/** How each column type that a contract may use looks in a change event (interfaces 1, debezium 1.3). */
export const column = {
  uuid: () => z.guid(),
  text: () => z.string(),
  oneOf: <const Values extends readonly [string, ...string[]]>(values: Values) => z.enum(values),
  bool: () => z.boolean(),
  /** int2 and int4. */
  int: () => z.int32(),
  /** int8: a JSON integer. Money is at most 2^53 - 1. */
  bigint: () => z.int(),
  /** numeric: a decimal string, padded to the column's scale. */
  numeric: () => z.string().regex(/^-?\d+(\.\d+)?$/),
  /** date: days since 1970-01-01. */
  date: () => z.int32(),
  /** timestamptz(6): UTC text with microseconds. */
  timestamptz: () => z.string().regex(/^\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
  /** jsonb: a string that holds JSON, as PostgreSQL prints it. */
  jsonb: () => z.string(),
} as const;
