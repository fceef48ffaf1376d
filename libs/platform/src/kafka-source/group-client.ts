import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { PassedBatch } from './assigned-partitions.js';
import { clientFailed } from './client-failure.js';
import { groupConsumer } from './group-consumer.js';
import { memberRefusalOf } from './refusal.js';

/** kafkajs fetches all the time; where it has stopped without a word, so have we (reliability K8). */
const SILENT_MS = 60_000;
/** How often it is looked whether it is silent. */
const LOOK_EVERY_MS = 5_000;
/** A client whose broker is gone may never finish taking leave. */
const LEAVE_MS = 5_000;

/** Who is told what a client hears. */
export interface ClientListener {
  /** Kafka shares the partitions out, and these are ours; called before anything is fetched. */
  assigned(partitions: readonly number[]): void;
  /** A batch was fetched. */
  take(batch: EachBatchPayload): void;
  /** A batch was passed, taken or without a message for us. */
  passed(batch: PassedBatch): void;
  /** Every few seconds, as long as it fetches. */
  fetches(): void;
  /** It reads no more, and will not begin again by itself. */
  failed(error: Error): void;
}

/** A kafkajs client that reads one topic as a member of one group, from joining to leaving. */
export class GroupClient {
  readonly consumer: Consumer;
  private joining: Promise<void> = Promise.resolve();
  private fetchedMs = performance.now();
  private looking: NodeJS.Timeout | undefined;

  constructor(
    kafka: Kafka,
    private readonly topic: string,
    private readonly group: string,
    private readonly listener: ClientListener,
  ) {
    this.consumer = groupConsumer(kafka, group);
  }

  /** Joins the group. Rejects with the broker's refusal, and what right is missing where it is that. */
  join(): Promise<void> {
    this.joining = this.connect().catch((error: unknown) => {
      throw this.explained(error);
    });
    return this.joining;
  }

  /** Leaves the group, so that others need not wait for a silence. */
  async leave(): Promise<void> {
    clearInterval(this.looking);
    // kafkajs does not hear that it is to stop while it joins, and would go on for ever.
    const gone = this.joining.catch(() => undefined).then(() => this.consumer.disconnect());
    await Promise.race([gone.catch(() => undefined), delay(LEAVE_MS, undefined, { ref: false })]);
  }

  private async connect(): Promise<void> {
    const { consumer, topic, listener } = this;
    const { GROUP_JOIN, CRASH, FETCH, END_BATCH_PROCESS } = consumer.events;
    consumer.on(GROUP_JOIN, ({ payload }) => listener.assigned(inOrder(payload.memberAssignment[topic])));
    consumer.on(CRASH, ({ payload }) => listener.failed(this.explained(payload.error)));
    consumer.on(FETCH, () => void (this.fetchedMs = performance.now()));
    consumer.on(END_BATCH_PROCESS, ({ payload }) => listener.passed(payload));
    this.looking = setInterval(() => this.look(), LOOK_EVERY_MS);
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: async (batch) => listener.take(batch),
    });
  }

  private look(): void {
    if (performance.now() - this.fetchedMs <= SILENT_MS) this.listener.fetches();
    else this.listener.failed(clientFailed('it has fetched nothing for a minute'));
  }

  private explained(error: unknown): Error {
    return memberRefusalOf(error, this.topic, this.group) as Error;
  }
}

/** kafkajs sorts them as text. */
function inOrder(partitions: readonly number[] = []): number[] {
  return [...partitions].sort((a, b) => a - b);
}
