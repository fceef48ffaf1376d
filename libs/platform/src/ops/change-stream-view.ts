import { Injectable } from '@nestjs/common';
import type { ChangeSource } from '../change-source/change-source.js';
import { lagOf, type Lag } from '../change-source/lag.js';

/** What operations see of the change stream; the server attaches it once it runs. */
@Injectable()
export class ChangeStreamView {
  private source: ChangeSource | null = null;
  slot = '';

  attach(source: ChangeSource, slot: string): void {
    this.source = source;
    this.slot = slot;
  }

  /** True when this process reads the stream. */
  get reading(): boolean {
    return this.source?.reading ?? false;
  }

  /** See `ChangeSource.lags`; nothing is known before there is a source. */
  async lags(nowMs: number): Promise<ReadonlyMap<string, Lag>> {
    return this.source?.lags(nowMs) ?? new Map<string, Lag>();
  }

  /** The lanes that this process owns. */
  ownedLanes(): { executor: string; module: string; part: number; epoch: number }[] {
    return [...(this.source?.runs.values() ?? [])].flatMap(({ executor: { name, module }, lanes }) =>
      lanes.map(({ id, epoch }) => ({ executor: name, module, part: id.part, epoch })),
    );
  }

  /** What is known without asking the server: for metrics and for liveness. */
  knownLags(nowMs: number): ReadonlyMap<string, Lag> {
    return new Map([...(this.source?.runs ?? [])].map(([name, run]) => [name, lagOf(run, nowMs)]));
  }
}
