import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../database/database.js';
import { codeOf } from '../database/sqlstate.js';
import { Backoff } from '../reaction/backoff.js';
import { fence, STALE_OWNER, type StaleOwner } from '../reaction/checkpoint.store.js';
import type { Lane } from '../reaction/lane.js';
import type { LaneObserver } from '../reaction/lane-observer.js';

const LOOK_AGAIN_MS = 50;

/** Moves a lane's checkpoint over records that mean nothing, so that the end of its partition can be reached. */
export class Settling {
  private place = 0n;
  private working = false;
  private closed = false;

  constructor(
    private readonly db: Database,
    private readonly lane: Lane,
    private readonly observer: Pick<LaneObserver, 'lost' | 'retried'>,
  ) {}

  /** Nothing before this offset is left to hand over: once the lane has nothing to do, its checkpoint moves there. */
  upTo(offset: bigint): void {
    this.place = offset;
    if (!this.working) void this.work();
  }

  /** The checkpoint stays where it is. */
  close(): void {
    this.closed = true;
  }

  private async work(): Promise<void> {
    this.working = true;
    const { lane } = this;
    const backoff = new Backoff();
    while (!this.closed && lane.position.pos < this.place) {
      await lane
        .moveWhileIdle(() => this.move())
        .then(() => delay(LOOK_AGAIN_MS, undefined, { ref: false }))
        .catch((error: unknown) => this.failed(error, backoff.next()));
    }
    this.working = false;
  }

  private async failed(error: unknown, waitMs: number): Promise<void> {
    if (codeOf(error) === STALE_OWNER) {
      this.close();
      return this.observer.lost(error as StaleOwner);
    }
    this.observer.retried(this.lane.executor, error, waitMs);
    await delay(waitMs, undefined, { ref: false });
  }

  private async move() {
    const { lane, place } = this;
    const to = { pos: place, idx: 0, record: lane.position.record };
    await this.db.bookkeeping((tx) => fence(tx, lane.id, { ...lane.position, epoch: lane.epoch }, to));
    return to;
  }
}
