import { elapsedText } from '../terminal/elapsed.js';
import { paint } from '../terminal/paint.js';
import { minuteText } from '../terminal/instant.js';
import type { OrderAnswer } from './order-answer.js';

/** Whose order it is, where it came from, and what became of it as a whole. */
export function headLines(order: OrderAnswer, nowMs: number): string[] {
  const { orderId, externalOrderId, orderIntentId, sourceSystem, customerRef, createdAt, revision } = order;
  const name = externalOrderId ?? orderIntentId;
  const since = elapsedText(Math.max(0, nowMs - Date.parse(createdAt)));
  const changed = revision === 1 ? '' : `, changed ${revision - 1 === 1 ? 'once' : `${revision - 1} times`}`;
  return [
    `${paint.bold(`Order ${name}`)}${order.effective.cancelled ? `  ${paint.warning('cancelled')}` : ''}`,
    `  ${paint.dim('id      ')}  ${orderId}`,
    `  ${paint.dim('from    ')}  ${sourceSystem}, intent ${orderIntentId}`,
    `  ${paint.dim('customer')}  ${customerRef}`,
    `  ${paint.dim('accepted')}  ${minuteText(createdAt)}, ${since} ago${changed}`,
  ];
}
