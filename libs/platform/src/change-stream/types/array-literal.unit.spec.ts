import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseArrayLiteral } from './array-literal.js';

describe('an array as PostgreSQL prints it', () => {
  it.each([
    ['{}', []],
    ['{a,NULL,"NULL","b,c","\\"q\\\\"}', ['a', null, 'NULL', 'b,c', '"q\\']],
    ['[0:1]={x,y}', ['x', 'y']],
    [
      '{{1,2},{3,4}}',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['{" ",""}', [' ', '']],
  ])('%s is taken apart', (literal, items) => {
    expect(parseArrayLiteral(literal)).toEqual(items);
  });

  it('gives back any texts', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.string({ unit: 'binary' }))), (texts) => {
        const quoted = texts.map((text) => (text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`));
        expect(parseArrayLiteral(`{${quoted.join(',')}}`)).toEqual(texts);
      }),
    );
  });

  it.each(['{a', '{"a', '{'])('%s ends too early', (literal) => {
    expect(() => parseArrayLiteral(literal)).toThrow(RangeError);
  });
});
