import type { ColumnCodec } from './column-codec.js';
import { UNAVAILABLE } from './column-codec.js';
import { quoteJson } from './json-text.js';

const unavailableJson = quoteJson(UNAVAILABLE);
const isTrue = (text: string): boolean => text.startsWith('t');

/** boolean; the walsender says `t`, a cast to text says `true`. */
export const booleanCodec: ColumnCodec = {
  value: isTrue,
  json: (text) => (isTrue(text) ? 'true' : 'false'),
  unavailableJson,
  zeroJson: 'false',
  computedDefaultJson: 'false',
};

/** int2 and int4. */
export const integerCodec: ColumnCodec = {
  value: Number,
  json: (text) => text,
  unavailableJson,
  zeroJson: '0',
  computedDefaultJson: '0',
};

/** int8: the digits themselves in JSON; a bigint in JavaScript where a number would round. */
export const bigintCodec: ColumnCodec = {
  ...integerCodec,
  value: (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text)),
};

/** text, varchar, char (padded, as PostgreSQL sends it), enum: a string. */
export const textCodec: ColumnCodec = {
  value: (text) => text,
  json: quoteJson,
  unavailableJson,
  zeroJson: '""',
  computedDefaultJson: '""',
};

/** uuid. */
export const uuidCodec: ColumnCodec = { ...textCodec, computedDefaultJson: '"00000000-0000-0000-0000-000000000000"' };

/** json and jsonb: a string that holds JSON, byte for byte as PostgreSQL prints it. */
export const jsonCodec: ColumnCodec = { ...textCodec, computedDefaultJson: '"{}"' };
