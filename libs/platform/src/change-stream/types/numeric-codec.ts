import type { ColumnCodec } from './column-codec.js';
import { textCodec } from './scalar-codecs.js';

/** Names that Debezium gives to what is no number (`decimal.handling.mode=string`). */
const SPECIAL: Readonly<Record<string, string>> = {
  NaN: 'NAN',
  Infinity: 'POSITIVE_INFINITY',
  '-Infinity': 'NEGATIVE_INFINITY',
};

/** numeric: a decimal string with the column's scale, as PostgreSQL prints it; never an exponent. */
export function numericCodec(typmod: number): ColumnCodec {
  const scale = scaleOf(typmod);
  const zeroJson = scale > 0 ? `"0.${'0'.repeat(scale)}"` : '"0"';
  return {
    ...textCodec,
    value: (text) => SPECIAL[text] ?? text,
    json: (text) => `"${SPECIAL[text] ?? text}"`,
    zeroJson,
    computedDefaultJson: typmod < 0 ? '"0.0"' : zeroJson,
  };
}

/** Scale of a numeric(p,s) from its type modifier; 0 when the column declares none, or a negative one. */
function scaleOf(typmod: number): number {
  if (typmod < 0) return 0;
  const scale = (typmod - 4) & 0x7ff;
  return scale < 1024 ? scale : 0;
}
