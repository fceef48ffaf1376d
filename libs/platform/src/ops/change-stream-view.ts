import { Injectable } from '@nestjs/common';
import type { ChangeSource } from '../change-source/change-source.js';
import { lagOf, type Lag } from '../change-source/lag.js';
import type { LaneId } from '../reaction/executor.js';

/** A lane that this process owns. */
interface OwnedLane extends LaneId {
  readonly module: string;
  readonly epoch: number;
  /** When the oldest change that it has received and not applied was committed, milliseconds since 1970. */
  readonly waitingSinceMs: number | null;
}

/** What operations see of the change stream; the server attaches it once it runs. */
@Injectable()
export class ChangeStreamView {
  private source: ChangeSource | null = null;
  slot = '';

  attach(source: ChangeSource, slot: string): void {
    this.source = source;
    this.slot = slot;
  }

  /** See `ChangeSource.runsExecutors`. */
  get runsExecutors(): boolean {
    return this.source?.runsExecutors ?? true;
  }

  /** True when this process reads the stream. */
  get reading(): boolean {
    return this.source?.reading ?? false;
  }

  /** See `ChangeSource.readsSlot`. */
  get readsSlot(): boolean {
    return this.source?.readsSlot ?? false;
  }

  /** See `ChangeSource.failingSinceMs`. */
  get failingSinceMs(): number | null {
    return this.source?.failingSinceMs ?? null;
  }

  /** See `ChangeSource.lags`; nothing is known before there is a source. */
  async lags(nowMs: number): Promise<ReadonlyMap<string, Lag>> {
    return this.source?.lags(nowMs) ?? new Map<string, Lag>();
  }

  /** The lanes that this process owns. */
  ownedLanes(): OwnedLane[] {
    return [...(this.source?.runs.values() ?? [])].flatMap(({ executor: { module }, lanes }) =>
      lanes.map(({ id, epoch, waitingSinceMs }) => ({ ...id, module, epoch, waitingSinceMs })),
    );
  }

  /** What is known without asking the server, and whose it is: for metrics and for liveness. */
  knownLags(nowMs: number): ReadonlyMap<string, Lag & { readonly module: string }> {
    const runs = [...(this.source?.runs ?? [])];
    return new Map(runs.map(([name, run]) => [name, { ...lagOf(run, nowMs), module: run.executor.module }]));
  }
}
