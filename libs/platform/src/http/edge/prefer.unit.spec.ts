import { describe, expect, it } from '@jest/globals';
import { preferredWaitMs } from './prefer.js';

describe('the preference to wait', () => {
  it.each([
    ['wait=10', 10_000],
    ['respond-async, wait=10', 10_000],
    ['return=minimal; foo="x", Wait = "5"', 5000],
    ['wait=3, wait=9', 3000],
    ['wait=31', 30_000],
    ['wait=0', 0],
    ['wait=-1', 0],
    ['wait=1.5', 0],
    ['wait=soon', 0],
    ['await=10', 0],
    ['', 0],
    [undefined, 0],
  ])('%p is %i ms', (header, expected) => expect(preferredWaitMs(header)).toBe(expected));

  it('may come in several headers', () => expect(preferredWaitMs(['respond-async', 'wait=2'])).toBe(2000));
});
