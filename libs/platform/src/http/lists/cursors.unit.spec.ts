import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Cursors } from './cursors.js';

const cursors = new Cursors(Buffer.alloc(32, 1));
const forged = expect.objectContaining({
  code: 'invalid-request',
  extras: { errors: [expect.objectContaining({ parameter: 'cursor', code: 'invalid-cursor' })] },
});

describe('a cursor', () => {
  it('gives back the position that it was made of, and nothing where there is none', () => {
    const cursor = cursors.encode('GET /orders', ['2026-11-21T08:26:00.000000Z', 'ü', 7]);
    expect(cursors.decode('GET /orders', cursor)).toEqual(['2026-11-21T08:26:00.000000Z', 'ü', 7]);
    expect(cursors.decode('GET /orders')).toBeUndefined();
  });

  it('is refused on another list and by another installation', () => {
    const cursor = cursors.encode('GET /orders', [1]);
    expect(() => cursors.decode('GET /skus', cursor)).toThrow(forged);
    expect(() => new Cursors(Buffer.alloc(32, 2)).decode('GET /orders', cursor)).toThrow(forged);
  });

  it('is refused when one character of it differs, is missing or is added', () => {
    const cursor = cursors.encode('GET /orders', ['2026-11-21T08:26:00.000000Z', 7]);
    const change = fc.record({ at: fc.nat(cursor.length), by: fc.constantFrom('', 'A', 'AA', '=', '%', '\n', 'é') });
    fc.assert(
      fc.property(change, fc.boolean(), ({ at, by }, replaced) => {
        const changed = cursor.slice(0, at) + by + cursor.slice(replaced ? at + 1 : at);
        fc.pre(changed !== cursor);
        expect(() => cursors.decode('GET /orders', changed)).toThrow(forged);
      }),
    );
  });

  it('is refused when it is anything at all', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(() => cursors.decode('GET /orders', text)).toThrow(forged)));
  });
});
