import type { ColumnCodec } from './column-codec.js';
import { Oid } from './oid.js';
import type { DerivedTypes } from './codec-of-type.js';

const COMPUTED = /^\(?[\w.]+\(.*\)/s;
const KEYWORDS = new Set(['current_timestamp', 'current_time', 'current_date', 'localtime', 'localtimestamp']);
const LITERAL = /'((?:[^']|'')*)'/;

/** Defaults of these are not parsed by Debezium, which then takes the type's zero value. */
const UNPARSED = new Set<number>([Oid.bytea]);

/**
 * JSON text that stands for NULL in a NOT NULL column: the column's default where it is a literal, a stand-in where the
 * server would compute it, the type's zero value where there is none. So `before` of a delete looks outside the replica
 * identity (debezium 1.2, recording 10); it means nothing, and is written only to be the same as Debezium's.
 */
export function absentJson(
  codec: ColumnCodec,
  typeOid: number,
  expression: string | null,
  derived: DerivedTypes,
): string {
  const kind = derived.get(typeOid)?.kind;
  if (expression === null || kind === 'domain' || kind === 'array' || UNPARSED.has(typeOid)) return codec.zeroJson;
  const computed = COMPUTED.test(expression) || KEYWORDS.has(expression.toLowerCase());
  if (kind === 'enum' && computed) return codec.zeroJson;
  if (computed) return codec.computedDefaultJson;
  if (expression.startsWith('NULL::')) return codec.zeroJson;
  const literal = LITERAL.exec(expression)?.[1]?.replaceAll("''", "'") ?? expression;
  return codec.json(typeOid === Oid.numeric ? padScale(literal, codec.zeroJson) : literal);
}

/** A literal such as 9.5 for a numeric(12,2) becomes 9.50; the zero value shows the scale. */
function padScale(literal: string, zeroJson: string): string {
  const scale = zeroJson.length - '"0."'.length;
  if (scale <= 0) return literal;
  const [whole = '', fraction = ''] = literal.split('.');
  return `${whole}.${fraction.padEnd(scale, '0')}`;
}
