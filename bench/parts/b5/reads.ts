import { ALL_SKUS, skusOf } from '../../load/intents.js';
import type { Known } from './known.js';

/** A kind of read. */
export interface Read {
  readonly name: string;
  /** What is looked at: paths that a client asks for one after the other. */
  looks(known: Known): string[][];
}

const orderOf = (id: string) => `/orders/${id}`;
const timelineOf = (id: string) => `/orders/${id}/timeline`;

/** B5's reads. Lists have the 50 items that a page has if nothing is said. */
export const READS: readonly Read[] = [
  { name: 'order', looks: ({ orderIds }) => orderIds.map((id) => [orderOf(id)]) },
  { name: 'timeline', looks: ({ orderIds }) => orderIds.map((id) => [timelineOf(id)]) },
  { name: 'order with its timeline', looks: ({ orderIds }) => orderIds.map((id) => [orderOf(id), timelineOf(id)]) },
  { name: 'board: latest', looks: () => [['/status-board/latest']] },
  { name: 'board: latest of a module', looks: () => [['/status-board/latest?module=inventory']] },
  { name: 'board: blocking', looks: () => [['/status-board/blocking']] },
  { name: 'orders: newest', looks: () => [['/orders']] },
  {
    name: 'orders: by customer',
    looks: ({ customers }) => customers.map((customer) => [`/orders?customerRef=${customer}`]),
  },
  { name: 'orders: by SKU', looks: () => skusOf(ALL_SKUS).map((sku) => [`/orders?sku=${sku}`]) },
  {
    name: 'orders: by status',
    looks: () => [['/orders?statusCode=inventory:reservation_confirmed'], ['/orders?statusCode=manual:hold']],
  },
];

/** The board's reads, whose headline is the slowest of them. */
export const isBoard = (name: string): boolean => name.startsWith('board');
