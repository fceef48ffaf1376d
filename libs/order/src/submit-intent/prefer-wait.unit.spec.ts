import { describe, expect, it } from '@jest/globals';
import { preferredWaitS } from './prefer-wait.js';

describe('the wait that a caller prefers', () => {
  it.each([
    [undefined, 0],
    ['', 0],
    ['wait=5', 5],
    ['respond-async, Wait = "10"; x=1, wait=20', 10],
    ['wait=31', 30],
    ['wait=-1', 0],
    ['wait=1.5', 0],
    ['wait', 0],
    ['return=minimal', 0],
  ])('of %p is %p seconds', (prefer, seconds) => expect(preferredWaitS(prefer)).toBe(seconds));
});
