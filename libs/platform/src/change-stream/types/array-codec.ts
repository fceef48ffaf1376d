import type { ChangeValue } from '../change-event.js';
import { parseArrayLiteral, type ArrayItems } from './array-literal.js';
import type { ColumnCodec } from './column-codec.js';

/** An array: the elements as their own type encodes them; nulls stay. */
export function arrayCodec(element: ColumnCodec, unavailableJson: string): ColumnCodec {
  const values = (items: ArrayItems): ChangeValue[] =>
    items.map((item) => (item === null ? null : typeof item === 'string' ? element.value(item) : values(item)));
  const jsons = (items: ArrayItems): string =>
    `[${items.map((item) => (item === null ? 'null' : typeof item === 'string' ? element.json(item) : jsons(item))).join(',')}]`;
  return {
    value: (text) => values(parseArrayLiteral(text)),
    json: (text) => jsons(parseArrayLiteral(text)),
    unavailableJson,
    zeroJson: '[]',
    computedDefaultJson: '[]',
  };
}
