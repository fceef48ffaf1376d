import type { ChangeValue } from '../change-event.js';

/** Turns the text that PostgreSQL sends for a column into what Debezium makes of it (debezium 1.3). */
export interface ColumnCodec {
  /** For reactions: a JavaScript value. */
  value(text: string): ChangeValue;
  /** For envelopes: JSON text, which loses nothing. */
  json(text: string): string;
  /** JSON text that stands for a value which the server did not send, since it was stored apart and did not change. */
  readonly unavailableJson: string;
  /** JSON text of a NULL in a NOT NULL column without default: what `before` of a delete holds outside its identity. */
  readonly zeroJson: string;
  /** JSON text of a default that the server would have to compute, such as now(). */
  readonly computedDefaultJson: string;
}

/** Debezium's unavailable.value.placeholder, which the connector leaves at its default. */
export const UNAVAILABLE = '__debezium_unavailable_value';
