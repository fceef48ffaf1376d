import { SPACING_MS, TEMPLATE_ORDERS } from './copies.js';

/** A table of which each order has rows, and what is other in a copy of them. */
export interface CopiedTable {
  readonly name: string;
  /** Expressions by column, over the row `r`, its order's template `t` and the copy's number, $1; all others stay. */
  readonly changed: Readonly<Record<string, string>>;
  /** Further tables that they need. */
  readonly joins?: string;
}

/** What a copy's rows are moved by in time; the first copy is the youngest. */
const SHIFT_MS = `(t.shift_ms - $1::int * ${TEMPLATE_ORDERS * SPACING_MS}::bigint)`;

const id = (column: string) => `fill.copied(r.${column}, ${SHIFT_MS}, $1)`;
const time = (column: string) => `r.${column} + ${SHIFT_MS} * interval '1 ms'`;
const idsOf = (...columns: readonly string[]) => Object.fromEntries(columns.map((column) => [column, id(column)]));
const timesOf = (...columns: readonly string[]) => Object.fromEntries(columns.map((column) => [column, time(column)]));

/** Each twenty thousand orders have customers of their own: one has as many orders as a real one, however many there are. */
const CUSTOMER = `r.customer_ref || '-' || $1 / 20`;
const INTENT_KEY = `'fill-' || ($1::bigint * ${TEMPLATE_ORDERS} + t.nth)`;

const COPY_OF_COUNTER = '($1 - c.first_copy)';
const SEQUENCE = `c.sequence + ${COPY_OF_COUNTER} * c.moves + m.nth`;

/** All that inventory and order keep of an order. */
export const COPIED_TABLES: readonly CopiedTable[] = [
  {
    name: '"order".order_intent',
    changed: {
      ...idsOf('id', 'order_id'),
      ...timesOf('submitted_at', 'received_at', 'updated_at'),
      customer_ref: CUSTOMER,
      order_intent_id: INTENT_KEY,
    },
  },
  {
    name: '"order"."order"',
    changed: {
      ...idsOf('id', 'order_id', 'intent_ref'),
      ...timesOf('submitted_at', 'created_at', 'updated_at'),
      customer_ref: CUSTOMER,
      order_intent_id: INTENT_KEY,
      line_items: `fill.lines_copied(r.line_items, ${SHIFT_MS}, $1)`,
    },
  },
  {
    name: '"order".order_status_history',
    changed: { ...idsOf('id', 'order_id'), ...timesOf('recorded_at') },
  },
  {
    name: 'inventory.order_reservation',
    changed: { ...idsOf('id', 'order_id'), ...timesOf('order_created_at', 'updated_at') },
  },
  {
    name: 'inventory.reservation',
    changed: {
      ...idsOf('id', 'order_id', 'order_line_id'),
      ...timesOf('order_created_at', 'created_at', 'updated_at'),
      stock_sequence: SEQUENCE,
    },
    joins: 'JOIN fill.movement AS m USING (order_line_id) JOIN fill.counter AS c ON c.stock_id = r.stock_id',
  },
  {
    // A ledger never goes back in time: what is filled moves stock today.
    name: 'inventory.stock_ledger',
    changed: {
      ...idsOf('id', 'order_id', 'order_line_id', 'cause_id'),
      sequence: SEQUENCE,
      on_hand_before: 'c.on_hand',
      reserved_before: `c.reserved + ${COPY_OF_COUNTER} * c.takes + m.taken_before`,
      recorded_at: 'c.at',
    },
    joins: 'JOIN fill.movement AS m ON m.id = r.id JOIN fill.counter AS c ON c.stock_id = r.stock_id',
  },
];

/** Where the template's rows of a table are kept. */
export function templateOf(table: string): string {
  return `fill.${table.slice(table.indexOf('.') + 1)}`;
}
