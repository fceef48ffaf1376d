import { describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { Problem } from '../problem/problem.js';
import { answerBatch, checkItem, type Batch } from './answer-batch.js';
import type { SingleAnswer } from './single-answer.js';

const name = z.strictObject({ name: z.string() });
type Named = z.output<typeof name>;

/** Makes what it is given; `taken` is refused because somebody has it, under the id that it has. */
const make = async (items: readonly Named[]): Promise<SingleAnswer<{ id: string }>[]> =>
  items.map(({ name }) =>
    name === 'taken'
      ? { problem: new Problem('already-closed', 'It is taken'), made: { id: 'id of taken' } }
      : { status: 201, made: { id: `id of ${name}` } },
  );

const batch = (carryOut = make): Batch<Named, { id: string }> => ({
  path: '/names/batch',
  check: (item) => checkItem(name, item),
  carryOut,
  tell: (made) => ({ id: made?.id }),
});

describe('a batch', () => {
  it('answers each item as it would be answered alone, in order', async () => {
    const { results } = await answerBatch([{ name: 'a' }, { name: 7 }, { name: 'taken' }, { name: 'b' }], batch());
    expect(results).toEqual([
      { index: 0, status: 201, id: 'id of a' },
      {
        index: 1,
        status: 400,
        problem: expect.objectContaining({
          type: 'urn:orderkeel:problem:invalid-request',
          instance: '/names/batch',
          errors: [{ pointer: '/name', code: 'wrong-type', message: 'must be of type string' }],
        }),
      },
      { index: 2, status: 409, id: 'id of taken', problem: expect.objectContaining({ detail: 'It is taken' }) },
      { index: 3, status: 201, id: 'id of b' },
    ]);
  });

  it('carries out nothing where no item has passed', async () => {
    const carryOut = jest.fn(make);
    expect((await answerBatch([null], batch(carryOut))).results).toMatchObject([{ status: 400 }]);
    expect(carryOut).not.toHaveBeenCalled();
  });

  it('lets other requests have their turn while it is checked', async () => {
    let others = 'wait';
    setImmediate(() => (others = 'had their turn'));
    const seen = new Set<string>();
    const check = (item: unknown) => {
      seen.add(others);
      return checkItem(name, item);
    };
    await answerBatch(new Array(100).fill({ name: 'a' }), { ...batch(), check });
    expect([...seen]).toEqual(['wait', 'had their turn']);
  });
});
