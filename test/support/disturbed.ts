import type { Change, Executor, ModuleTx, Reaction } from '@orderkeel/platform';
import type { StreamTuning } from '../../apps/server/src/stream/stream-tuning.js';

/** A small generator of repeatable chance (mulberry32): the same seed gives the same disturbance. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * The change stream at its worst that is still allowed (architecture 4): executors wait for different times, so that
 * contracts overtake each other; batches are split anywhere; changes of earlier batches come again.
 */
export function disturbed(seed: number): StreamTuning {
  const random = chance(seed);
  return {
    executors: (executors) =>
      executors.map((executor): Executor => ({ ...executor, reaction: new Disturbed(executor.reaction, random) })),
    batchWaitMs: () => Math.floor(random() * 150),
  };
}

const REMEMBERED = 40;

class Disturbed implements Reaction {
  private readonly earlier: Change[] = [];

  constructor(
    private readonly reaction: Reaction,
    private readonly random: () => number,
  ) {}

  async react(changes: readonly Change[], tx: ModuleTx): Promise<void> {
    const again = this.earlier.filter(() => this.random() < 0.2);
    const at = Math.floor(this.random() * (changes.length + 1));
    const pieces = [[...again, ...changes.slice(0, at)], changes.slice(at)];
    for (const piece of pieces) if (piece.length > 0) await this.reaction.react(piece, tx);
    this.earlier.push(...changes.slice(0, REMEMBERED));
    this.earlier.splice(0, Math.max(0, this.earlier.length - REMEMBERED));
  }
}
