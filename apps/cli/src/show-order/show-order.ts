import { withOrderkeel } from '../reach/reach.js';
import { bodyOf } from '../reach/reached.js';
import { say, sayJson } from '../terminal/say.js';
import { findOrder } from './find-order.js';
import type { EntryAnswer } from './order-answer.js';
import { headLines } from './render-head.js';
import { lineTable } from './render-lines.js';
import { timelineLines } from './render-timeline.js';

/** Shows an order and its timeline. */
export async function showOrder(id: string, json: boolean): Promise<void> {
  await withOrderkeel(async (reached) => {
    const order = await findOrder(reached, id);
    const path = `/orders/${order.orderId}/timeline`;
    const { entries } = await bodyOf<{ entries: readonly EntryAnswer[] }>(reached, 'GET', path);
    if (json) return sayJson({ ...order, timeline: entries });
    say(...headLines(order, Date.now()), '', ...lineTable(order), '', ...timelineLines(entries, order));
  });
}
