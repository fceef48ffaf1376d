import { majorText } from '../terminal/money.js';
import { paint } from '../terminal/paint.js';
import { table, type Column } from '../terminal/table.js';
import type { LineAnswer, OrderAnswer, TotalsAnswer } from './order-answer.js';

const COLUMNS: readonly Column[] = [
  { title: '  SKU' },
  { title: 'description' },
  { title: 'quantity', align: 'right' },
  { title: 'price', align: 'right' },
  { title: 'total', align: 'right' },
];

/** The lines as they stand now; a quantity that was changed shows what was ordered, too. */
export function lineTable({ lineItems, effective, currency }: OrderAnswer): string[] {
  const ordered = new Map(lineItems.map((line) => [line.orderLineId, line.quantity]));
  const rows = effective.lineItems.map((line) => [
    `  ${line.sku}`,
    line.description ?? '',
    quantityText(line, ordered.get(line.orderLineId)),
    majorText(line.unitPriceDecimal ?? line.unitPrice ?? 0, currency),
    majorText(line.total, currency),
  ]);
  const [titles = '', ...lines] = table(COLUMNS, [...rows, ...totalRows(effective.totals)]);
  return [paint.dim(titles), ...lines];
}

function quantityText({ quantity }: LineAnswer, ordered: string | undefined): string {
  return ordered === undefined || ordered === quantity ? quantity : `${paint.warning(quantity)} of ${ordered}`;
}

/** The amounts that are not 0, then the total. */
function totalRows(totals: TotalsAnswer): string[][] {
  const row = (name: string, minor: number) => ['', '', '', name, majorText(minor, totals.currency)];
  const parts = [
    ['subtotal', totals.subtotal],
    ['tax', totals.tax],
    ['shipping', totals.shipping],
    ['discounts', -totals.discounts],
  ] as const;
  const others = parts.filter(([, minor]) => minor !== 0 && minor !== totals.total);
  return [
    ...others.map(([name, minor]) => row(paint.dim(name), minor)),
    ['', '', '', paint.bold(totals.currency), paint.bold(majorText(totals.total, totals.currency))],
  ];
}
