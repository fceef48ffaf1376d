import { describe, expect, it } from '@jest/globals';
import { Cursors } from './cursors.js';
import { Pages, type PagedList } from './pages.js';

const pages = new Pages(new Cursors(Buffer.alloc(32, 1)));

function listing(names: string[], route = 'GET /names'): PagedList<string> {
  return {
    route,
    read: async ([after = ''] = [], count) => names.filter((name) => name > after).slice(0, count),
    positionOf: (name) => [name],
  };
}

describe('a page', () => {
  it('holds as many items as were asked for, and leads to the rest', async () => {
    const list = listing(['a', 'b', 'c', 'd', 'e']);
    const first = await pages.read({ limit: 2 }, list);
    expect(first.items).toEqual(['a', 'b']);
    const second = await pages.read({ limit: 3, cursor: first.nextCursor! }, list);
    expect(second).toEqual({ items: ['c', 'd', 'e'], nextCursor: null });
  });

  it('is the last one when nothing is behind it', async () => {
    expect(await pages.read({ limit: 2 }, listing(['a', 'b']))).toEqual({ items: ['a', 'b'], nextCursor: null });
    expect(await pages.read({ limit: 2 }, listing([]))).toEqual({ items: [], nextCursor: null });
  });

  it('is not shifted by what comes in between', async () => {
    const names = ['b', 'c', 'd'];
    const { nextCursor } = await pages.read({ limit: 1 }, listing(names));
    names.unshift('a');
    expect((await pages.read({ limit: 2, cursor: nextCursor! }, listing(names))).items).toEqual(['c', 'd']);
  });

  it('does not begin with the cursor of another list', async () => {
    const { nextCursor } = await pages.read({ limit: 1 }, listing(['a', 'b']));
    const elsewhere = pages.read({ limit: 1, cursor: nextCursor! }, listing(['a', 'b'], 'GET /words'));
    await expect(elsewhere).rejects.toMatchObject({ code: 'invalid-request' });
  });
});
