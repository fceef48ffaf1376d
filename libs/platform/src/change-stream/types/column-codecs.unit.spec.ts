import { describe, expect, it } from '@jest/globals';
import { codecOfType, type DerivedType } from './codec-of-type.js';
import { Oid } from './oid.js';

const COLOR = 90_001;
const AMOUNT = 90_002;
const arrays: DerivedType[] = [
  { oid: 1005, kind: 'array', baseOid: Oid.int2, typmod: -1 },
  { oid: 1016, kind: 'array', baseOid: Oid.int8, typmod: -1 },
  { oid: 1231, kind: 'array', baseOid: Oid.numeric, typmod: -1 },
  { oid: 1185, kind: 'array', baseOid: Oid.timestamptz, typmod: -1 },
  { oid: 1001, kind: 'array', baseOid: Oid.bytea, typmod: -1 },
  { oid: 2951, kind: 'array', baseOid: Oid.uuid, typmod: -1 },
  { oid: 1009, kind: 'array', baseOid: Oid.text, typmod: -1 },
];
const derived = new Map<number, DerivedType>([
  ...arrays.map((type): [number, DerivedType] => [type.oid, type]),
  [COLOR, { oid: COLOR, kind: 'enum', baseOid: 0, typmod: -1 }],
  [AMOUNT, { oid: AMOUNT, kind: 'domain', baseOid: Oid.numeric, typmod: ((14 << 16) | 4) + 4 }],
]);

/** The codec of a type; numeric(p,s) has the modifier ((p << 16) | s) + 4. */
function codec(oid: number, typmod = -1): NonNullable<ReturnType<typeof codecOfType>> {
  const found = codecOfType(oid, typmod, derived);
  if (found === undefined) throw new Error(`no codec for ${oid}`);
  return found;
}

describe('a column in an envelope', () => {
  it.each([
    ['boolean', Oid.bool, -1, 't', 'true'],
    ['boolean, cast to text', Oid.bool, -1, 'false', 'false'],
    ['int8 beyond 2^53', Oid.int8, -1, '9223372036854775807', '9223372036854775807'],
    ['numeric', Oid.numeric, -1, '12345678901234567890.123456789', '"12345678901234567890.123456789"'],
    ['numeric that is none', Oid.numeric, -1, 'NaN', '"NAN"'],
    ['numeric without end', Oid.numeric, -1, '-Infinity', '"NEGATIVE_INFINITY"'],
    ['char, padded', Oid.bpchar, -1, 'ab   ', '"ab   "'],
    ['text', Oid.text, -1, 'a\u001f"\\\n€😀\u2028', '"a\\u001F\\"\\\\\\n€\\uD83D\\uDE00\u2028"'],
    ['date', Oid.date, -1, '2026-11-21', '20778'],
    ['date before Christ', Oid.date, -1, '0044-03-15 BC', '-735160'],
    ['date beyond what Date holds', Oid.date, -1, '5874897-12-31', '2145042905'],
    ['timestamptz', Oid.timestamptz, -1, '2026-11-21 08:48:49.5+00', '"2026-11-21T08:48:49.500000Z"'],
    ['timestamptz(0)', Oid.timestamptz, 0, '2026-11-21 08:48:50+00', '"2026-11-21T08:48:50Z"'],
    ['timestamptz(3) elsewhere', Oid.timestamptz, 3, '2026-01-01 00:30:00.58+05:30', '"2025-12-31T19:00:00.580Z"'],
    ['timestamptz with an odd offset', Oid.timestamptz, 0, '1880-01-01 00:00:00-00:01:15', '"1880-01-01T00:01:15Z"'],
    ['timestamptz before Christ', Oid.timestamptz, -1, '0044-03-15 12:00:00+00 BC', '"-0043-03-15T12:00:00.000000Z"'],
    ['timestamptz far away', Oid.timestamptz, 0, '294276-12-31 23:59:59+00', '"+294276-12-31T23:59:59Z"'],
    ['timestamptz without end', Oid.timestamptz, -1, '-infinity', '"-infinity"'],
    ['bytea', Oid.bytea, -1, '\\xdeadbeef00', '"3q2+7wA="'],
    ['enum', COLOR, -1, 'red', '"red"'],
    ['domain', AMOUNT, -1, '99.5000', '"99.5000"'],
    ['int8[]', 1016, -1, '{1,NULL,9223372036854775807}', '[1,null,9223372036854775807]'],
    ['numeric[]', 1231, -1, '{1.10,2.50}', '["1.10","2.50"]'],
    ['timestamptz(0)[]', 1185, 0, '{"2026-11-21 08:48:49+00"}', '["2026-11-21T08:48:49Z"]'],
    ['text[] in two dimensions', 1009, -1, '{{a,"b,c"},{"NULL",NULL}}', '[["a","b,c"],["NULL",null]]'],
  ])('%s', (_name, oid, typmod, text, json) => {
    expect(codec(oid, typmod).json(text)).toBe(json);
  });
});

describe('a column as a value', () => {
  it('is a number where that is exact, and a bigint where it would round', () => {
    expect(codec(Oid.int8).value('9007199254740991')).toBe(9007199254740991);
    expect(codec(Oid.int8).value('-9007199254740993')).toBe(-9007199254740993n);
  });

  it('equals its JSON', () => {
    expect(codec(1185).value('{"2026-11-21 08:48:49.5+00",NULL}')).toEqual(['2026-11-21T08:48:49.500000Z', null]);
    expect(codec(Oid.bytea).value('\\x00ff')).toBe('AP8=');
  });
});

describe('a value that was stored apart and not sent', () => {
  const codes = [...'__debezium_unavailable_value'].map((character) => character.charCodeAt(0));
  it.each([
    ['text', Oid.text, '"__debezium_unavailable_value"'],
    ['jsonb', Oid.jsonb, '"__debezium_unavailable_value"'],
    ['bytea', Oid.bytea, '"X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ=="'],
    ['text[]', 1009, '["__debezium_unavailable_value"]'],
    ['int2[]', 1005, JSON.stringify(codes)],
    ['int8[]', 1016, JSON.stringify(codes)],
    ['uuid[]', 2951, '["b68a35a7-17ad-35b3-af2a-ae46edb4545a"]'],
    ['bytea[]', 1001, '["X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ=="]'],
    ['numeric[]', 1231, '["__debezium_unavailable_value"]'],
  ])('is marked in %s', (_name, oid, json) => {
    expect(codec(oid).unavailableJson).toBe(json);
  });
});

describe('a type that captured tables may not use', () => {
  it.each([
    ['float8', 701],
    ['timestamp', 1114],
    ['interval', 1186],
    ['an array of one that is not known', 1022],
  ])('has no codec: %s', (_name, oid) => {
    expect(codecOfType(oid, -1, derived)).toBeUndefined();
  });
});
