import type { Change, Executor, ModuleTx, Reaction } from '@orderkeel/platform';
import type { StreamTuning } from '../../../apps/server/src/stream/stream-tuning.js';

/** Stands between the runner and an executor's reaction; calls `react` when the real one shall do its work. */
export type Interposed = (changes: readonly Change[], tx: ModuleTx, react: () => Promise<void>) => Promise<void>;

/** Interposes something before one executor's reaction. */
export function before(executor: string, interposed: Interposed): StreamTuning {
  const replace = (each: Executor): Executor => {
    if (each.name !== executor) return each;
    const { reaction } = each;
    const react: Reaction['react'] = (changes, tx) => interposed(changes, tx, () => reaction.react(changes, tx));
    const overlooked = reaction.overlooked?.bind(reaction);
    return { ...each, reaction: { react, ...(overlooked && { overlooked }) } };
  };
  return { executors: (executors) => executors.map(replace) };
}

/** A search for what an executor has overlooked: the beginning of its stretch, and how much it found. */
export interface Search {
  readonly from: string;
  readonly found: number;
}

/** Keeps what the sweep has searched on behalf of one executor. */
export function watchSearches(executor: string, searches: Search[]): StreamTuning {
  const watched = (reaction: Reaction): Reaction => ({
    react: (changes, tx) => reaction.react(changes, tx),
    overlooked: async (changed, limit, tx) => {
      const found = (await reaction.overlooked?.(changed, limit, tx)) ?? [];
      searches.push({ from: changed.from, found: found.length });
      return found;
    },
  });
  const replace = (each: Executor): Executor =>
    each.name === executor ? { ...each, reaction: watched(each.reaction) } : each;
  return { executors: (executors) => executors.map(replace) };
}

/** Two disturbances of the executors, the first one nearer to the reaction. */
export function both(inner: StreamTuning, outer: StreamTuning): StreamTuning {
  const same = (executors: readonly Executor[]) => executors;
  return { executors: (executors) => (outer.executors ?? same)((inner.executors ?? same)(executors)) };
}

/** An error as the database raises it, for a reaction to throw. */
export function failure(code: string): Error {
  return Object.assign(new Error(`made up ${code}`), { code });
}

/** A door that those who arrive wait at, until it is opened. */
export class Door {
  readonly arrived: Promise<void>;
  open: () => void = () => undefined;
  private readonly opened: Promise<void>;
  private arrive: () => void = () => undefined;

  constructor() {
    this.arrived = new Promise((resolve) => (this.arrive = resolve));
    this.opened = new Promise((resolve) => (this.open = resolve));
  }

  pass(): Promise<void> {
    this.arrive();
    return this.opened;
  }
}
