import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

const LOOK_EVERY_MS = 10;
/** A row may be committed for so long after the time that its writer gave it. */
const OVERLAP_SECONDS = 1;

/**
 * Notes when orders are seen to be reserved: by a reader of the history that looks every 10 ms, so a commit counts from the
 * moment that others see it.
 */
export class ReservationWatch {
  /** By order: `performance.now()`. */
  readonly seenAtMs = new Map<string, number>();
  private readonly client: pg.Client;
  private stopped = false;
  private looking: Promise<void> = Promise.resolve();

  constructor(databaseUrl: string) {
    this.client = new pg.Client({ connectionString: databaseUrl });
  }

  async start(): Promise<void> {
    await this.client.connect();
    this.looking = this.look();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.looking;
    await this.client.end();
  }

  private async look(): Promise<void> {
    while (!this.stopped) {
      const { rows } = await this.client.query<{ id: string }>({
        name: 'reservations',
        text: `SELECT order_id AS id FROM "order".order_status_history
                WHERE module = 'inventory' AND recorded_at > now() - make_interval(secs => $1)`,
        values: [OVERLAP_SECONDS],
      });
      const now = performance.now();
      for (const { id } of rows) if (!this.seenAtMs.has(id)) this.seenAtMs.set(id, now);
      await delay(LOOK_EVERY_MS);
    }
  }
}
