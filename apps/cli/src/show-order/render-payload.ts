import type { EntryAnswer, OrderAnswer } from './order-answer.js';

interface ShortLine {
  readonly sku: string;
  readonly quantity: string;
  readonly backorderedQuantity: string;
}

interface QuantityChange {
  readonly type: string;
  readonly orderLineId?: string;
  readonly quantity?: string;
}

/** The parts of payloads that the vocabulary promises and that are worth a few words. */
interface Known {
  readonly shortLines: readonly ShortLine[];
  readonly changes: readonly QuantityChange[];
  readonly reason: unknown;
}

const MOST_PARTS = 3;

/** What an entry says beyond its code, in a few words; nothing where the code says it all. */
export function payloadText({ payload }: EntryAnswer, order: OrderAnswer): string {
  const { shortLines, changes, reason } = payload as Partial<Known>;
  if (shortLines) return shortText(shortLines);
  if (changes) return some(changes.map((change) => changeText(change, order)));
  return typeof reason === 'string' ? reason : '';
}

function shortText(lines: readonly ShortLine[]): string {
  return `waits for ${some(lines.map((line) => `${line.backorderedQuantity} of ${line.quantity} ${line.sku}`))}`;
}

function changeText({ type, orderLineId, quantity }: QuantityChange, { lineItems }: OrderAnswer): string {
  const line = lineItems.find((each) => each.orderLineId === orderLineId);
  return line === undefined || quantity === undefined ? type : `${line.sku} now ${quantity}`;
}

function some(parts: readonly string[]): string {
  const rest = parts.length - MOST_PARTS;
  return parts.slice(0, MOST_PARTS).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
