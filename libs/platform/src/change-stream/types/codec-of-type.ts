import { arrayCodec } from './array-codec.js';
import { byteaCodec } from './bytea-codec.js';
import type { ColumnCodec } from './column-codec.js';
import { dateCodec } from './date-codec.js';
import { numericCodec } from './numeric-codec.js';
import { Oid } from './oid.js';
import { bigintCodec, booleanCodec, integerCodec, jsonCodec, textCodec, uuidCodec } from './scalar-codecs.js';
import { timestamptzCodec } from './timestamptz-codec.js';
import { unavailableArrayJson } from './unavailable-array.js';

/** What the catalogue says about a type that is not built in, or is an array. */
export interface DerivedType {
  readonly oid: number;
  readonly kind: 'enum' | 'domain' | 'array';
  /** A domain's base type or an array's element type; 0 for an enum. */
  readonly baseOid: number;
  /** A domain's own type modifier, e.g. of numeric(14,4); -1 where there is none. */
  readonly typmod: number;
}

/** Derived types by their oid. */
export type DerivedTypes = ReadonlyMap<number, DerivedType>;

const FIXED = new Map<number, ColumnCodec>([
  [Oid.bool, booleanCodec],
  [Oid.int2, integerCodec],
  [Oid.int4, integerCodec],
  [Oid.int8, bigintCodec],
  [Oid.text, textCodec],
  [Oid.varchar, textCodec],
  [Oid.bpchar, textCodec],
  [Oid.uuid, uuidCodec],
  [Oid.json, jsonCodec],
  [Oid.jsonb, jsonCodec],
  [Oid.bytea, byteaCodec],
  [Oid.date, dateCodec],
]);

/** The codec of a column's type; undefined when a captured table may not use that type (debezium 1.3). */
export function codecOfType(oid: number, typmod: number, derived: DerivedTypes): ColumnCodec | undefined {
  if (oid === Oid.numeric) return numericCodec(typmod);
  if (oid === Oid.timestamptz) return timestamptzCodec(typmod);
  const type = derived.get(oid);
  if (type === undefined) return FIXED.get(oid);
  if (type.kind === 'enum') return textCodec;
  if (type.kind === 'domain') return codecOfType(type.baseOid, type.typmod, derived);
  const element = codecOfType(type.baseOid, typmod, derived);
  return element && arrayCodec(element, unavailableArrayJson(type.baseOid, element.unavailableJson));
}
