import { describe, expect, it } from '@jest/globals';
import { codecOfType, type DerivedType } from './codec-of-type.js';
import { absentJson } from './default-json.js';
import { Oid } from './oid.js';

const COLOR = 90_001;
const derived = new Map<number, DerivedType>([[COLOR, { oid: COLOR, kind: 'enum', baseOid: 0, typmod: -1 }]]);
const NUMERIC_12_2 = ((12 << 16) | 2) + 4;

describe('NULL in a NOT NULL column, as before of a delete has it', () => {
  it.each([
    ['text without default', Oid.text, -1, null, '""'],
    ['numeric(12,2) without default', Oid.numeric, NUMERIC_12_2, null, '"0.00"'],
    ['numeric without scale', Oid.numeric, -1, null, '"0"'],
    ['timestamptz without default', Oid.timestamptz, -1, null, '"1970-01-01T00:00:00Z"'],
    ['timestamptz by now()', Oid.timestamptz, -1, 'now()', '"1970-01-01T00:00:00.000000Z"'],
    ['timestamptz(0) by a keyword', Oid.timestamptz, 0, 'CURRENT_TIMESTAMP', '"1970-01-01T00:00:00Z"'],
    ['timestamptz by an expression', Oid.timestamptz, 3, "(now() + '1 day'::interval)", '"1970-01-01T00:00:00.000Z"'],
    ['uuid by a function', Oid.uuid, -1, 'gen_random_uuid()', '"00000000-0000-0000-0000-000000000000"'],
    ['jsonb by a literal', Oid.jsonb, -1, "'{}'::jsonb", '"{}"'],
    ['char by a literal', Oid.bpchar, -1, "'EUR'::bpchar", '"EUR"'],
    ['text by a literal with a quote', Oid.text, -1, "'it''s'::text", '"it\'s"'],
    ['numeric(12,2) by a literal', Oid.numeric, NUMERIC_12_2, '9.5', '"9.50"'],
    ['integer by a negative literal', Oid.int4, -1, "'-1'::integer", '-1'],
    ['bigint by a sequence', Oid.int8, -1, "nextval('s'::regclass)", '0'],
    ['boolean by a literal', Oid.bool, -1, 'true', 'true'],
    ['enum by a literal', COLOR, -1, "'red'::kit.color", '"red"'],
    ['bytea by a literal, which Debezium does not parse', Oid.bytea, -1, "'\\x00'::bytea", '""'],
  ])('%s', (_name, oid, typmod, expression, json) => {
    const codec = codecOfType(oid, typmod, derived);
    expect(codec && absentJson(codec, oid, expression, derived)).toBe(json);
  });
});
