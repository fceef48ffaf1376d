import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { validateBody } from '../validation/validate.js';
import { instantIn } from './instant.js';
import { pageQuery } from '../lists/list.schema.js';
import { idIn, moneyIn, quantityChangeIn, quantityIn, quantityOrZeroIn, unitPriceDecimalIn } from './values.js';

/** The value, or the code of the first fault. */
function read(schema: z.ZodType, given: unknown): unknown {
  const result = validateBody(z.strictObject({ it: schema }), { it: given });
  return 'faults' in result ? result.faults[0].code : result.value.it;
}

describe('a quantity on its way in', () => {
  it.each([
    [2, '2'],
    ['2', '2'],
    ['2.50', '2.5'],
    [0.000001, '0.000001'],
    [0.5, '0.5'],
    ['007', '7'],
    ['999999999999.999999', '999999999999.999999'],
    [123456.789, '123456.789'],
  ])('reads %p as %p', (given, normal) => expect(read(quantityIn, given)).toBe(normal));

  it.each([
    [0, 'not-positive'],
    ['0.000000', 'not-positive'],
    [-0, 'not-positive'],
    [-1, 'not-positive'],
    ['-1.5', 'not-positive'],
    ['1.0000001', 'too-many-decimals'],
    [1e-7, 'too-many-decimals'],
    ['1000000000000', 'too-large'],
    ['1e3', 'invalid-format'],
    ['', 'invalid-format'],
    [' 1', 'invalid-format'],
    ['1,5', 'invalid-format'],
    ['NaN', 'invalid-format'],
    [1e300, 'number-out-of-range'],
    [true, 'wrong-type'],
    [null, 'wrong-type'],
    [[1], 'wrong-type'],
    [undefined, 'required'],
  ])('refuses %p as %s', (given, code) => expect(read(quantityIn, given)).toBe(code));

  it('may be 0 where a line or a count may be 0, and signed where it is a change', () => {
    expect(read(quantityOrZeroIn, 0)).toBe('0');
    expect(read(quantityOrZeroIn, '-1')).toBe('negative');
    expect(read(quantityChangeIn, '-1.50')).toBe('-1.5');
    expect(read(quantityChangeIn, '-0.0')).toBe('zero');
  });
});

describe('money on its way in', () => {
  it.each([
    [0, 0],
    [9007199254740991, 9007199254740991],
    [1.5, 'not-an-integer'],
    [-1, 'negative'],
    [9007199254740992, 'number-out-of-range'],
    ['1', 'wrong-type'],
  ])('reads %p as %p', (given, expected) => expect(read(moneyIn, given)).toBe(expected));

  it.each([
    ['0.1', '0.1'],
    ['255', '255'],
    [0.1, 'wrong-type'],
    ['-0.1', 'negative'],
    ['0.1234567', 'too-many-decimals'],
  ])('reads the unit price %p as %p', (given, expected) => expect(read(unitPriceDecimalIn, given)).toBe(expected));
});

describe('a moment on its way in', () => {
  it.each([
    ['2026-11-21T08:26:00Z', '2026-11-21T08:26:00.000000Z'],
    ['2026-11-21t08:26:00.1z', '2026-11-21T08:26:00.100000Z'],
    ['2026-11-21T08:48:49.581123Z', '2026-11-21T08:48:49.581123Z'],
    ['2026-11-21T08:48:49.581123999Z', '2026-11-21T08:48:49.581123Z'],
    ['2026-01-01T00:30:00+02:00', '2025-12-31T22:30:00.000000Z'],
    ['2025-12-31T22:30:00.5-02:00', '2026-01-01T00:30:00.500000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000000Z'],
  ])('reads %s as %s', (given, normal) => expect(read(instantIn, given)).toBe(normal));

  it.each([
    '2026-11-21',
    '2026-11-21T08:26:00',
    '2026-02-30T08:26:00Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T08:26:60Z',
    '2026-13-01T00:00:00Z',
    '2026-11-21 08:26:00Z',
    '2026-11-21T08:26:00+24:00',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    '',
  ])('refuses %p', (given) => expect(read(instantIn, given)).toBe('invalid-format'));
});

describe('ids and pages', () => {
  it('reads a UUID in either case and refuses anything else', () => {
    expect(read(idIn, '0199AAAA-0000-7000-8000-00000000000F')).toBe('0199aaaa-0000-7000-8000-00000000000f');
    expect(read(idIn, '1')).toBe('invalid-format');
  });

  it.each([
    [undefined, 50],
    ['1', 1],
    ['200', 200],
    ['0', 'too-small'],
    ['201', 'too-large'],
    ['-1', 'invalid-format'],
    ['1.5', 'invalid-format'],
    ['', 'invalid-format'],
  ])('reads the limit %p as %p', (given, expected) => expect(read(pageQuery.limit, given)).toBe(expected));

  it('can be shown as JSON Schema in both directions', () => {
    const schema = z.strictObject({ ...pageQuery, quantityIn, moneyIn, unitPriceDecimalIn, instantIn, idIn });
    expect(z.toJSONSchema(schema, { io: 'input' })).toMatchObject({
      properties: { limit: { type: 'integer', maximum: 200 }, quantityIn: { anyOf: [{ exclusiveMinimum: 0 }, {}] } },
    });
    expect(() => z.toJSONSchema(schema, { io: 'output' })).not.toThrow();
  });
});
