import { exponentOf } from '@orderkeel/commerce-core/contract';
import Big from 'big.js';
import type { SourceLine } from '../read/source-line.js';

/** A line of NDJSON that is an order intent, as far as an import looks into it. */
export interface IntentLine {
  /** The line as it is sent. */
  readonly text: string;
  readonly source: string;
  readonly orderIntentId: string;
  /** Undefined where the line names none; then it has no value. */
  readonly currency: string | undefined;
  /** Total in major units; 0 where it cannot be told, which the server refuses. */
  readonly value: Big;
  /** What rounding its line totals added, in major units. */
  readonly rounding: Big;
}

interface Money {
  readonly [field: string]: unknown;
}

const NOTHING = new Big(0);

/**
 * Reads a line without judging it; that is the server's part. With `source`, the line is sent under that source system.
 * A slug of interfaces 4 where it is not even a JSON object.
 */
export function readIntentLine({ text, cutOff }: SourceLine, source: string | undefined): IntentLine | string {
  if (cutOff) return 'payload-too-large';
  const intent = objectIn(text);
  if (typeof intent === 'string') return intent;
  const totals = asObject(intent['totals']);
  const currency = typeof totals['currency'] === 'string' ? totals['currency'] : undefined;
  const exponent = exponentOf(currency ?? '') ?? undefined;
  const major = (minor: Big) => (exponent === undefined ? NOTHING : minor.div(new Big(10).pow(exponent)));
  return {
    text: source === undefined ? text : withSource(text, source),
    source: source ?? String(intent['sourceSystem']),
    orderIntentId: String(intent['orderIntentId']),
    currency: exponent === undefined ? undefined : currency,
    value: major(totalOf(totals)),
    rounding: major(roundingOf(intent['lineItems'])),
  };
}

function objectIn(text: string): Money | 'malformed-json' | 'invalid-request' {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Money) : 'invalid-request';
  } catch {
    return 'malformed-json';
  }
}

/** The text stays as it is, so that no digit changes; of a field that stands twice, the last counts. */
function withSource(text: string, source: string): string {
  const body = text.trim().slice(0, -1).trimEnd();
  return `${body}${body.endsWith('{') ? '' : ','}"sourceSystem":${JSON.stringify(source)}}`;
}

function totalOf(totals: Money): Big {
  if (totals['total'] !== undefined) return decimal(totals['total']);
  const [subtotal, discounts, tax, shipping] = ['subtotal', 'discounts', 'tax', 'shipping'].map((field) =>
    decimal(totals[field]),
  ) as [Big, Big, Big, Big];
  return subtotal.minus(discounts).plus(tax).plus(shipping);
}

function roundingOf(lineItems: unknown): Big {
  if (!Array.isArray(lineItems)) return NOTHING;
  return lineItems.map(asObject).reduce((sum, line) => {
    const exact = decimal(line['quantity']).times(decimal(line['unitPrice'] ?? line['unitPriceDecimal']));
    return sum.plus(decimal(line['total'])).minus(exact);
  }, NOTHING);
}

function decimal(value: unknown): Big {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  return /^-?\d{1,20}(\.\d{1,20})?$/.test(text) ? new Big(text) : NOTHING;
}

function asObject(value: unknown): Money {
  return typeof value === 'object' && value !== null ? (value as Money) : {};
}
