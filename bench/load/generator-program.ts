// The load generator, a process of its own: does what it is told over the channel to its parent, one wish at a time.
import { sendBurst, type BurstWish } from './burst.js';
import { sendSteadily, type SteadyWish } from './steady.js';

process.on('message', (wish: BurstWish | SteadyWish) => {
  const work = wish.kind === 'burst' ? sendBurst(wish) : sendSteadily(wish);
  work.then(
    (report) => process.send!({ report }),
    (error: Error) => process.send!({ error: error.stack ?? error.message }),
  );
});
