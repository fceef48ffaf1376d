import { Injectable } from '@nestjs/common';
import { Database, Problem, type Caller, type ServerSentEvent } from '@orderkeel/platform';
import type { EntryAnswer } from '../read-timeline/entry.schema.js';
import { countEntries, readTimeline } from '../read-timeline/timeline.store.js';
import { OrderWatch } from '../watch-orders/order-watch.js';
import { EntryCount } from './entry-count.js';

/** Milliseconds between looks where no hint comes: another process wrote. */
const INTERVAL_MS = 500;
/** Streams of one process; each costs a connection of the client's and some memory of ours. */
const MAX_STREAMS = 1000;
const RETRY_AFTER_S = 5;

/** Live timelines (interfaces 5): one look for all followed orders, whoever wrote, in whatever order it was committed. */
@Injectable()
export class Timelines {
  private readonly watch: OrderWatch<number>;
  private streams = 0;

  constructor(private readonly database: Database) {
    const asOrder = { tenantId: null, actor: 'timelines' };
    const look = (orderIds: readonly string[]) =>
      database.command('order', asOrder, (tx) => countEntries(tx, orderIds));
    this.watch = new OrderWatch(look, INTERVAL_MS);
  }

  /** @throws Problem `overloaded` when this process has as many streams as it may */
  refuseWhenFull(): void {
    if (this.streams >= MAX_STREAMS) throw Problem.overloaded('Too many live timelines are open', RETRY_AFTER_S);
  }

  /**
   * The entries so far, `caught-up`, then entries as they come. An entry is sent when a reading shows it for the first
   * time; the readings are whole, so none is left out. Ends with the signal.
   */
  async *follow(caller: Caller, orderId: string, signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
    this.streams += 1;
    const count = new EntryCount();
    const unwatch = this.watch.watch(orderId, (entries) => count.tell(entries));
    const end = () => count.end();
    signal.addEventListener('abort', end, { once: true });
    try {
      const sent = new Set<string>();
      yield* this.unsent(caller, orderId, sent, count);
      yield { event: 'caught-up' };
      while (!signal.aborted && (await count.grown(sent.size))) yield* this.unsent(caller, orderId, sent, count);
    } finally {
      signal.removeEventListener('abort', end);
      unwatch();
      this.streams -= 1;
    }
  }

  private async *unsent(caller: Caller, orderId: string, sent: Set<string>, count: EntryCount) {
    count.reading();
    for (const entry of await this.database.lookUp(caller, (tx) => readTimeline(tx, orderId))) {
      if (sent.has(entry.id)) continue;
      sent.add(entry.id);
      yield eventOf(entry);
    }
  }
}

function eventOf(entry: EntryAnswer): ServerSentEvent {
  return { id: entry.id, event: 'status', data: entry };
}
