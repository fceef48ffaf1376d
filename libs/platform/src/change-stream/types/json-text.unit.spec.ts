import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quoteJson } from './json-text.js';

describe('a JSON string', () => {
  it('says any text, and never holds half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = quoteJson(text);
        expect(JSON.parse(json)).toBe(text);
        expect(json).not.toMatch(/[\ud800-\udfff]/);
      }),
    );
  });
});
