import type { Contract } from '../contract/contract.js';
import type { Reaction } from './reaction.js';

/** An executor of this process: its public name, whose it is, what it hears, and the reaction that does the work. */
export interface Executor {
  readonly name: string;
  readonly module: string;
  readonly contract: Contract;
  readonly version: number;
  /** Number of lanes; keys are hashed to them, and each has a checkpoint of its own. */
  readonly lanes: number;
  /** How long a batch may wait for more changes, milliseconds; undefined: as short as possible. */
  readonly patienceMs?: number | undefined;
  readonly reaction: Reaction;
}

/** Where a batch comes from, as far as the checkpoint is concerned. */
export interface LaneId {
  readonly executor: string;
  /** Slot name, topic, or `keys:` and the contract while catching up. */
  readonly stream: string;
  readonly part: number;
}
