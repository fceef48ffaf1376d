import { ALL_SKUS, skusOf } from '../../load/intents.js';
import type { Draw } from './draw.js';

/** A kind of read. */
export interface Read {
  readonly name: string;
  /** What is looked at in one run: paths that a client asks for one after the other. Others each time, where orders are drawn. */
  looks(draw: Draw): Promise<string[][]>;
}

const orderOf = (id: string) => `/orders/${id}`;
const timelineOf = (id: string) => `/orders/${id}/timeline`;

/** The same in each run. */
const always = (looks: string[][]) => () => Promise.resolve(looks);
/** Of orders that are drawn by chance. */
const drawn = (what: 'id' | 'customer_ref', look: (drawn: string) => string[]) => async (draw: Draw) =>
  (await draw(what)).map(look);

/** B5's reads. Lists have the 50 items that a page has if nothing is said. */
export const READS: readonly Read[] = [
  { name: 'order', looks: drawn('id', (id) => [orderOf(id)]) },
  { name: 'timeline', looks: drawn('id', (id) => [timelineOf(id)]) },
  { name: 'order with its timeline', looks: drawn('id', (id) => [orderOf(id), timelineOf(id)]) },
  { name: 'board: latest', looks: always([['/status-board/latest']]) },
  { name: 'board: latest of a module', looks: always([['/status-board/latest?module=inventory']]) },
  { name: 'board: blocking', looks: always([['/status-board/blocking']]) },
  { name: 'orders: newest', looks: always([['/orders']]) },
  { name: 'orders: by customer', looks: drawn('customer_ref', (customer) => [`/orders?customerRef=${customer}`]) },
  { name: 'orders: by SKU', looks: always(skusOf(ALL_SKUS).map((sku) => [`/orders?sku=${sku}`])) },
  {
    name: 'orders: by status',
    looks: always([['/orders?statusCode=inventory:reservation_confirmed'], ['/orders?statusCode=manual:hold']]),
  },
];

/** The board's reads, whose headline is the slowest of them. */
export const isBoard = (name: string): boolean => name.startsWith('board');
