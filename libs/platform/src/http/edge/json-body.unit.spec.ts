import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJsonBody } from './json-body.js';

describe('the reader of bodies', () => {
  it('reads what JSON.parse reads, as it does', () => {
    fc.assert(
      fc.property(fc.json({ depthSize: 'medium' }), (text) =>
        expect(parseJsonBody(Buffer.from(text))).toEqual(JSON.parse(text)),
      ),
    );
  });

  it.each([
    ['1.00000000000000000001', Infinity],
    ['-0.1234567890123456789', Infinity],
    ['1.0000000000000000000000', 1],
    ['123456789.123456', 123456789.123456],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740992],
    ['1e400', Infinity],
    ['0.30000000000000004', 0.30000000000000004],
  ])('reads the number %s as %p', (text, expected) => {
    expect(parseJsonBody(Buffer.from(`{"é":[${text}, ${text}],"t":"${text}"}`))).toEqual({
      é: [expected, expected],
      t: text,
    });
  });

  it.each(['{"a":1,"a":1}', '[{"b":[{"a":1,"b":2,"\\u0061":":"}]}]', '{"__proto__":1,"__proto__":2}'])(
    'refuses a field twice in one object: %s',
    (text) =>
      expect(() => parseJsonBody(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'malformed-json' })),
  );

  it('reads the same field in different objects', () => {
    const text = '{"a":{"a":[{"a":"a:"},{"a":":a"}]},"__proto__":{"a":1}}';
    expect(parseJsonBody(Buffer.from(text))).toEqual(JSON.parse(text));
  });

  it.each(['', '{', '"\\', '"', '00000000000000000000', '1.2.3.4.5.6.7.8.9.0.1.2', '-', '[1,]', '"\u0001"'])(
    'gives a problem and no other error for %p',
    (text) => {
      if (text === '') expect(parseJsonBody(Buffer.from(text))).toBeUndefined();
      else expect(() => parseJsonBody(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'malformed-json' }));
    },
  );

  it('gives a value or a problem for any bytes', () => {
    const bytes = fc.array(fc.constantFrom(...Buffer.from('{}[]",:\\0e-é')), { maxLength: 300 });
    fc.assert(
      fc.property(bytes, (each) => {
        try {
          parseJsonBody(Buffer.from(each));
        } catch (error) {
          expect((error as { status: number }).status).toBe(400);
        }
      }),
    );
  });
});
