import { once } from 'node:events';
import { CatchUp } from '../catch-up/catch-up.js';
import { tellReader } from '../change-source/control-channel.js';
import { readConsumers } from '../reaction/consumer.store.js';
import type { Executor } from '../reaction/executor.js';
import { takeLease } from './executor-lease.js';
import type { KafkaContext } from './kafka-context.js';
import { TopicChangeover } from './topic-changeover.js';
import type { TopicEnds } from './topic-ends.js';

/** Where an executor catches up. */
interface CatchUpAt {
  readonly context: KafkaContext;
  readonly ends: TopicEnds;
  readonly sourceId: string;
}

/**
 * Lets an executor catch up in this process while no other does it, and tells the others once it is over. False: another
 * one has the lease, or had it until just now.
 */
export async function catchUpAlone(
  { context, ends, sourceId }: CatchUpAt,
  executor: Executor,
  signal: AbortSignal,
): Promise<boolean> {
  const { replicationUrl, slot } = context.settings;
  const lease = await takeLease(replicationUrl, slot, executor.name);
  if (!lease) return false;
  try {
    const changeover = new TopicChangeover(context, ends, sourceId);
    const catchUp = new CatchUp({ ...context, executors: [executor] }, changeover, () => undefined);
    // Read behind the lease: its last holder may have finished.
    catchUp.start(await context.db.bookkeeping(readConsumers));
    await Promise.race([catchUp.done, aborted(signal)]);
    await catchUp.stop();
    await context.db.bookkeeping((tx) => tellReader(tx, slot, executor.name));
    return true;
  } finally {
    await lease.release();
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
