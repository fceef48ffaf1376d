import type { HasDatabase } from './admin.js';

/** A rule, and what breaks it: nothing is well. */
export interface Finding {
  readonly name: string;
  readonly found: readonly unknown[];
}

/** A system that clients order from while it is being killed. */
export interface KillRun extends HasDatabase {
  /** Where somebody listens just now; null while nobody does. */
  url(): string | null;
  start(): Promise<void>;
  /** One kill at a random moment, and what makes the system ready again. Says what happened. */
  strike(): Promise<string>;
  /** Nothing that a kill has left switched off stays so. */
  makeWhole(): Promise<void>;
  /** Waits until everything is applied; milliseconds that it took. */
  rest(): Promise<number>;
  /** Proof that the kills bit: a run in which nothing was at stake is void. */
  bites(): readonly Finding[];
  /** Time in which there was somebody to order from; milliseconds. */
  readonly upMs: number;
  /** What was counted, by name. */
  figures(): Readonly<Record<string, unknown>>;
  end(): Promise<void>;
}
