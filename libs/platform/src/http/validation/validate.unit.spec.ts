import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { quantityIn } from '../schema/values.js';
import { validateBody, validateEnvelope, validateParameters } from './validate.js';

const line = z.strictObject({ sku: z.string().min(1).max(8), quantity: quantityIn });
const order = z.strictObject({
  'a/b~c': z.string().optional(),
  lines: z.array(line).max(3),
  metadata: z.record(z.string(), z.json()).optional(),
  change: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('note'), text: z.string() }),
      z.strictObject({ type: z.literal('quantity'), quantity: quantityIn }),
    ])
    .optional(),
});

/** `pointer code` of each fault; none is a value. */
function faults(body: unknown, schema: z.ZodType = order): string[] {
  const result = validateBody(schema, body);
  return 'faults' in result ? result.faults.map(({ pointer, code }) => `${pointer} ${code}`) : [];
}

const lines = [{ sku: 'A', quantity: 1 }];
const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });

describe('a body against its schema', () => {
  it('points at every field at fault, with a stable code', () => {
    expect(
      faults({ lines: [{ sku: '', quantity: 0 }, { quantity: '1' }, { sku: 'TOO-LONG-A-NAME', quantity: {} }] }),
    ).toEqual([
      '/lines/0/sku empty',
      '/lines/0/quantity not-positive',
      '/lines/1/sku required',
      '/lines/2/sku too-long',
      '/lines/2/quantity wrong-type',
    ]);
  });

  it.each([[null], [[]], ['text'], [1]])('says at the pointer "" that %j is no object', (body) =>
    expect(faults(body)).toEqual([' wrong-type']),
  );

  it('says that a body which did not come is required', () => expect(faults(undefined)).toEqual([' required']));

  it('refuses unknown fields one by one, with their pointers escaped', () => {
    expect(faults({ lines, 'x/y': 1, '~': 2 })).toEqual(['/x~1y unknown-field', '/~0 unknown-field']);
    expect(faults({ lines, 'a/b~c': 1 })).toEqual(['/a~1b~0c wrong-type']);
  });

  it('speaks of the member of a union that was meant', () => {
    expect(faults({ lines, change: { type: 'quantity', quantity: 0 } })).toEqual(['/change/quantity not-positive']);
    expect(faults({ lines, change: { type: 'other' } })).toEqual(['/change/type not-allowed']);
    expect(faults({ lines, change: {} })).toEqual(['/change/type required']);
    const either = z.union([z.strictObject({ q: z.int() }), z.strictObject({ r: z.string() })]);
    expect(faults({ q: 'a' }, either)).toEqual(['/q wrong-type']);
    expect(faults(1, either)).toEqual([' wrong-type']);
  });

  it('refuses too many items', () => {
    expect(faults({ lines: [...lines, ...lines, ...lines, ...lines] })).toEqual(['/lines too-many']);
  });

  it('names at most a hundred faults', () => {
    const body = { lines: [], ...Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`x${i}`, i])) };
    expect(faults(body)).toHaveLength(100);
  });
});

describe('a body whatever its schema says', () => {
  it('may be nested 20 levels deep and not 21', () => {
    expect(faults({ lines, metadata: nested(18) })).toEqual([]);
    expect(faults({ lines, metadata: nested(20) })).toEqual([`/metadata${'/a'.repeat(19)} too-deep`]);
  });

  it('is walked without recursion', () => {
    let deep: unknown = [];
    for (let level = 0; level < 200_000; level++) deep = [deep];
    expect(faults({ lines, metadata: deep })).toEqual([`/metadata${'/0'.repeat(19)} too-deep`]);
  });

  it('holds no NUL, no half surrogate and no number beyond 2^53 or next to zero, in names and in values', () => {
    const metadata = JSON.parse(
      '{"a":"x\\u0000","b\\u0000":1,"c":["\\ud800"],"d":9007199254740993,"e":1e400,"f":"😀","g":-1e-21,"h":1e-20,"i":-0}',
    ) as unknown;
    expect(faults({ lines, metadata })).toEqual([
      '/metadata/a nul-character',
      '/metadata/b\0 nul-character',
      '/metadata/c/0 lone-surrogate',
      '/metadata/d number-out-of-range',
      '/metadata/e number-not-exact',
      '/metadata/g number-too-small',
    ]);
  });

  it('holds no __proto__', () => {
    expect(faults(JSON.parse('{"lines":[],"metadata":{"__proto__":{"a":1}}}'))).toEqual([
      '/metadata/__proto__ forbidden-field',
    ]);
  });
});

describe('the envelope of a batch', () => {
  it('leaves the faults of an item to that item', () => {
    const envelope = z.strictObject({ items: z.array(z.unknown()).min(1).max(2) });
    expect(validateEnvelope(envelope, { items: [nested(30)] })).toHaveProperty('value');
    expect(validateEnvelope(envelope, { items: [] })).toMatchObject({
      faults: [{ pointer: '/items', code: 'too-few' }],
    });
  });
});

describe('parameters', () => {
  it('are named, not pointed at', () => {
    expect(validateParameters(z.strictObject({ limit: z.string() }), { limit: ['1', '2'], x: '\0' })).toEqual({
      faults: [{ parameter: 'x', code: 'nul-character', message: expect.any(String) }],
    });
    expect(validateParameters(z.strictObject({ limit: z.string() }), { limit: ['1', '2'], x: '' })).toMatchObject({
      faults: [
        { parameter: 'limit', code: 'wrong-type' },
        { parameter: 'x', code: 'unknown-field' },
      ],
    });
  });
});
