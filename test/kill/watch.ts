import { setTimeout as delay } from 'node:timers/promises';
import type { Admin } from './admin.js';

const EVERY_MS = 200;

const OVERSOLD = `
SELECT s.sku FROM inventory.stock s
 WHERE s.reserved > s.on_hand OR s.on_hand < (
   SELECT coalesce(sum(r.quantity - r.backordered_quantity), 0) FROM inventory.reservation r
    WHERE r.stock_id = s.id AND r.state <> 'fulfilled')`;

/** The slot first: what it was told must be durable already in what is read next. */
const CONFIRMED = `SELECT confirmed_flush_lsn - '0/0'::pg_lsn AS confirmed FROM pg_replication_slots
 WHERE NOT temporary AND database = current_database()`;
const CHECKPOINTS = `
SELECT concat_ws('/', p.executor, p.stream, p.part) AS lane, p.pos, p.idx, p.pos_kind AS kind
  FROM cdc.checkpoint p JOIN cdc.consumer c USING (executor)
 WHERE p.pos_kind <> 'ordinal' AND c.state IN ('RUNNING', 'PAUSED')`;

interface Place {
  readonly pos: bigint;
  readonly idx: number;
  /** In Kafka the slot is Debezium's to acknowledge. */
  readonly kind: 'lsn' | 'offset';
}

/** Looks at the database again and again while it is being killed (reliability 4.2, I4 and I7). */
export class Watch {
  samples = 0;
  readonly oversold: string[] = [];
  readonly wentBack: string[] = [];
  readonly acknowledgedTooFar: string[] = [];
  private readonly places = new Map<string, Place>();
  private stopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly admin: Admin) {}

  start(): void {
    this.stopped = false;
    this.running = this.run();
    // Told when it is stopped; the run goes on, and ends what it has started.
    this.running.catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
    await this.admin.close();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      if (await this.sample()) this.samples += 1;
      await delay(EVERY_MS);
    }
  }

  private async sample(): Promise<boolean> {
    const oversold = await this.admin.tryQuery<{ sku: string }>(OVERSOLD);
    const slots = await this.admin.tryQuery<{ confirmed: string | null }>(CONFIRMED);
    const lanes = await this.admin.tryQuery<Omit<Place, 'pos'> & { lane: string; pos: string }>(CHECKPOINTS);
    if (!oversold || !slots || !lanes) return false;
    this.oversold.push(...oversold.map(({ sku }) => sku));
    // Null while the slot is being made.
    const confirmed = BigInt(slots[0]?.confirmed ?? 0);
    for (const { lane, pos, idx, kind } of lanes) this.compare(lane, { pos: BigInt(pos), idx, kind }, confirmed);
    return true;
  }

  private compare(lane: string, place: Place, confirmed: bigint): void {
    const before = this.places.get(lane);
    if (before && (place.pos < before.pos || (place.pos === before.pos && place.idx < before.idx))) {
      this.wentBack.push(`${lane} from ${before.pos}+${before.idx} to ${place.pos}+${place.idx}`);
    }
    if (place.kind === 'lsn' && confirmed > place.pos)
      this.acknowledgedTooFar.push(`${lane} at ${place.pos}, acknowledged ${confirmed}`);
    this.places.set(lane, place);
  }
}
