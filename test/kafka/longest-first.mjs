import Sequencer from '@jest/test-sequencer';

/** Specs that take a minute or two, the longest first. */
const LONG = ['faults/killed.spec.ts', 'kafka/stack.spec.ts', 'catch-up.db.spec.ts', 'order-and-stock.flow.spec.ts'];

/** Begins with the longest specs: one of them at the end would keep one worker busy and the other ones idle. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const long = LONG.flatMap((end) => tests.filter(({ path }) => path.endsWith(end)));
    return [...long, ...super.sort(tests.filter((test) => !long.includes(test)))];
  }
}
