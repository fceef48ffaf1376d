import { describe, expect, it } from '@jest/globals';
import { laneOf, murmur2 } from './lane-hash.js';

describe('the lane of a key', () => {
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('hashes %s as Kafka does', (text, hash) => {
    expect(murmur2(Buffer.from(text))).toBe(hash);
  });

  it('is one of the lanes, whatever the sign of the hash', () => {
    const lanes = ['21', 'foobar', 'abc', ''].map((key) => laneOf(key, 4));
    expect(lanes.every((lane) => lane >= 0 && lane < 4)).toBe(true);
    expect(laneOf('21', 1)).toBe(0);
  });
});
