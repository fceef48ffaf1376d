// The load generator, a process of its own: does what it is told over the channel to its parent, one wish at a time.
import { sendBurst } from './burst.js';
import { letCrowdIn } from './crowd.js';
import type { Wish } from './generator.js';
import { readForAWhile } from './reads.js';
import { sendSteadily } from './steady.js';

process.on('message', (wish: Wish) => {
  carryOut(wish).then(
    (report) => process.send!({ report }),
    (error: Error) => process.send!({ error: error.message }),
  );
});

function carryOut(wish: Wish): Promise<unknown> {
  switch (wish.kind) {
    case 'burst':
      return sendBurst(wish);
    case 'steady':
      return sendSteadily(wish);
    case 'crowd':
      return letCrowdIn(wish);
    case 'reads':
      return readForAWhile(wish);
  }
}
