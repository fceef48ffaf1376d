import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { cpuSeconds } from '../machine/process-times.js';

const LOOK_EVERY_MS = 5;
/** Planned once: a plan for each look would take longer than the look. */
const SETTINGS = '-c enable_seqscan=off -c plan_cache_mode=force_generic_plan';
/**
 * Entries of inventory of the orders in $1, from the month of $2 on. IS TRUE keeps the planner from the index by module: with
 * statistics from before the orders came, it would read all entries that inventory has written so far.
 */
const RESERVED = `
  SELECT order_id AS id FROM "order".order_status_history
   WHERE order_id = ANY($1::uuid[]) AND (module = 'inventory') IS TRUE AND id >= "order".first_entry_id($2)`;
/** Looked for at a time, the oldest first: more would only wait for a server that is far behind. */
const MOST_AT_ONCE = 200;

/**
 * Notes when orders are seen to be reserved: by a reader of the history that looks every 5 ms for those that are still
 * waiting, so a commit counts from the moment that others see it, and a look costs the same however long the history is:
 * it leaves out the months before the oldest of them.
 */
export class ReservationWatch {
  /** By order: `performance.now()`. */
  readonly seenAtMs = new Map<string, number>();
  /** CPU that PostgreSQL has used for the looks, seconds; known once it is stopped. */
  cpuSeconds = 0;
  private readonly waiting = new Set<string>();
  private readonly client: pg.Client;
  private stopped = false;
  private looking: Promise<void> = Promise.resolve();

  constructor(connectionString: string) {
    this.client = new pg.Client({ connectionString, options: SETTINGS });
  }

  async start(): Promise<void> {
    await this.client.connect();
    this.looking = this.look();
    this.looking.catch(() => undefined); // It is told by stop(), which may be minutes away.
  }

  /** Looks for this order from now on. */
  expect(orderId: string): void {
    this.waiting.add(orderId);
  }

  /** Whether all that were expected have been seen. */
  get idle(): boolean {
    return this.waiting.size === 0;
  }

  /** Throws what has kept it from looking. */
  async stop(): Promise<void> {
    this.stopped = true;
    try {
      await this.looking;
      const { rows } = await this.client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      this.cpuSeconds = (await cpuSeconds({ looks: [rows[0]!.pid] }))['looks']!;
    } finally {
      await this.client.end();
    }
  }

  private async look(): Promise<void> {
    while (!this.stopped) {
      if (!this.idle) await this.lookOnce();
      await delay(LOOK_EVERY_MS);
    }
  }

  private async lookOnce(): Promise<void> {
    const waiting = [...this.waiting].slice(0, MOST_AT_ONCE);
    const { rows } = await this.client.query<{ id: string }>({
      name: 'reservations',
      text: RESERVED,
      values: [waiting, waiting.toSorted()[0]],
    });
    const now = performance.now();
    for (const { id } of rows) {
      this.seenAtMs.set(id, now);
      this.waiting.delete(id);
    }
  }
}
