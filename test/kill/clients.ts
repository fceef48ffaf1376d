import { join } from 'node:path';
import { chance } from '../support/disturbed.js';
import { Admin, type HasDatabase } from './admin.js';
import { differences } from './clients-view.js';
import { INVARIANTS } from './invariants.js';
import type { Finding } from './kill-run.js';
import { Load } from './load.js';
import { Oracle } from './oracle.js';
import { chanceFrom } from './random.js';
import { Watch } from './watch.js';

/** What clients order from, whatever is broken there. */
export interface OrderedFrom extends HasDatabase {
  /** Where somebody listens just now; null while nobody does. */
  url(): string | null;
}

/** What clients wish, and how often. */
export interface Zeal {
  /** The same one gives the same wishes. */
  readonly seed: number;
  /** Milliseconds between two moments at which they may ask; without it, about 90 orders a second. */
  readonly tickMs?: number;
}

/** Clients that go on whatever breaks, and what must hold afterwards by what they know (reliability 4.2). */
export class Clients {
  private readonly admin: Admin;
  private readonly watch: Watch;
  private readonly load: Load;

  private constructor(
    system: OrderedFrom,
    private readonly oracle: Oracle,
    { seed, tickMs }: Zeal,
  ) {
    this.admin = new Admin(system);
    this.watch = new Watch(new Admin(system));
    this.load = new Load(() => system.url(), oracle, chanceFrom(chance(seed)), tickMs);
  }

  /** Clients whose memory is a file in the folder. */
  static async of(system: OrderedFrom, folder: string, zeal: Zeal): Promise<Clients> {
    return new Clients(system, await Oracle.create(join(folder, 'oracle.ndjson')), zeal);
  }

  get acknowledgedIntents(): number {
    return this.load.acknowledgedIntents;
  }

  /** Samples of the database that were looked at meanwhile. */
  get samples(): number {
    return this.watch.samples;
  }

  async start(): Promise<void> {
    this.watch.start();
    await this.load.start();
  }

  /** Asks no more, and waits for the answers to what was asked. */
  stop(): Promise<void> {
    return this.load.stop();
  }

  /** Asks once more whatever has no answer; only where somebody listens. */
  settle(): Promise<void> {
    return this.load.settle();
  }

  /** Everything that must hold at rest; to be asked when nothing is asked any more. */
  async findings(): Promise<Finding[]> {
    const { admin, watch } = this;
    await watch.stop();
    // The server may have been killed since it was asked.
    await admin.close();
    const { lost, invented, doubled } = await differences(admin, await this.oracle.testimonies());
    const rules = [];
    for (const { name, broken } of INVARIANTS) rules.push({ name, found: await admin.query(broken) });
    return [
      { name: 'I1 nothing acknowledged is lost', found: lost },
      { name: 'I2 nothing is there that nobody asked for', found: invented },
      { name: 'I3 nothing is there twice', found: doubled },
      ...rules,
      { name: 'I4 nothing was oversold in any sample', found: watch.oversold },
      { name: 'I7 no checkpoint went back', found: watch.wentBack },
      { name: 'I7 nothing was acknowledged before it was durable', found: watch.acknowledgedTooFar },
    ];
  }

  /** How many answers of each kind the clients have had. */
  async outcomes(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { knowledge } of (await this.oracle.testimonies()).values()) {
      counts[knowledge] = (counts[knowledge] ?? 0) + 1;
    }
    return counts;
  }

  /** Orders, how many of them were backordered, and how many of those were filled later. */
  async demand(): Promise<{ orders: number; backordered: number; filled: number }> {
    const [row] = await this.admin.query<{ orders: string; backordered: string; filled: string }>(
      `SELECT count(*) FILTER (WHERE status_code = 'order:submitted') AS orders,
              count(*) FILTER (WHERE status_code = 'inventory:reservation_backordered') AS backordered,
              count(*) FILTER (WHERE status_code = 'inventory:reservation_confirmed' AND EXISTS (
                SELECT FROM "order".order_status_history b WHERE b.order_id = h.order_id AND b.seq < h.seq
                   AND b.status_code = 'inventory:reservation_backordered')) AS filled
         FROM "order".order_status_history h`,
    );
    return { orders: Number(row!.orders), backordered: Number(row!.backordered), filled: Number(row!.filled) };
  }

  async end(): Promise<void> {
    await this.load.stop();
    await this.watch.stop();
    await this.admin.close();
    await this.oracle.close();
  }
}
