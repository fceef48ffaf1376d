import type { Change, Executor, ModuleTx, Reaction } from '@orderkeel/platform';
import type { StreamTuning } from '../../../apps/server/src/stream/change-stream.js';

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
