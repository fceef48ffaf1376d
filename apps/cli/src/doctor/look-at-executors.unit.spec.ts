import { describe, expect, it } from '@jest/globals';
import type { ConsumerAnswer } from '../lag/consumer-answer.js';
import type { Reached } from '../reach/reached.js';
import { lookAtExecutors } from './look-at-executors.js';

const consumer = (executor: string, lagEvents: number | null, state: ConsumerAnswer['state'] = 'RUNNING') => ({
  ...{ executor, module: 'order', state, lagEvents, lagSeconds: lagEvents },
  ...{ parkedKeys: 0, secondsSinceProgress: null, reason: null, snapshotKeysLeft: null },
});

describe('a look at the executors', () => {
  const says = async (...items: readonly ConsumerAnswer[]) => {
    const ask: Reached['ask'] = () => Promise.resolve({ status: 200, body: { items } });
    return (await lookAtExecutors({ via: 'server', url: null, ask, close: () => Promise.resolve() })).says;
  };

  it('says that nothing waits only where that is known of all', async () => {
    expect(await says(consumer('a', 0), consumer('b', 0))).toBe('2 enabled, nothing waits');
    expect(await says(consumer('a', 0), consumer('b', 2))).toBe('2 enabled, at most 2 events behind');
    expect(await says(consumer('a', null), consumer('b', null, 'DISABLED'))).toBe(
      '1 enabled, 1 disabled, what waits is not known',
    );
  });

  it('names those of which it is not known', async () => {
    expect(await says(consumer('a', 0), consumer('b', null, 'PAUSED'))).toBe(
      '2 enabled; nothing waits for 1, and for b that is not known',
    );
    expect(await says(consumer('a', 3), consumer('b', null, 'PAUSED'))).toBe(
      '2 enabled; 1 at most 3 events behind, and for b that is not known',
    );
  });
});
