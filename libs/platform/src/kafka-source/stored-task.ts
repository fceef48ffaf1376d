import { tellReader } from '../change-source/control-channel.js';
import { moveConsumer, readConsumers, type Consumer, type Transition } from '../reaction/consumer.store.js';
import type { Executor } from '../reaction/executor.js';
import type { KafkaContext } from './kafka-context.js';

/** What an executor is to do. */
export type Task = 'follow' | 'catch up' | 'rest';

/** What the installation has stored of an executor's work, for all processes. */
export class StoredTask {
  constructor(
    private readonly context: KafkaContext,
    private readonly executor: Executor,
  ) {}

  async read(): Promise<Task> {
    return taskOf((await this.context.db.bookkeeping(readConsumers)).get(this.executor.name));
  }

  /** It cannot go on as it is: stores that while it is running, and tells all processes. */
  async stopRunning(to: Transition): Promise<void> {
    const { db, settings } = this.context;
    await db.bookkeeping(async (tx) => {
      const moved = await moveConsumer(tx, this.executor.name, to, ['RUNNING']);
      if (moved) await tellReader(tx, settings.slot, this.executor.name);
    });
  }
}

function taskOf(consumer: Consumer | undefined): Task {
  if (!consumer || consumer.held || consumer.state === 'DISABLED') return 'rest';
  return consumer.state === 'RUNNING' ? 'follow' : 'catch up';
}
