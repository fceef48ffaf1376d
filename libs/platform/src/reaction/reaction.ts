import 'reflect-metadata';
import type { Contract, RowOf } from '../contract/contract.js';
import type { ModuleTx } from '../database/module-tx.js';

/** How a row changed: inserted, updated, deleted, or read (by a catch-up, a re-drive of one, or a sweep). */
export type ChangeKind = 'c' | 'u' | 'd' | 'r';

/** One change of a contract's row, as a reaction sees it. */
export interface Change<C extends Contract = Contract> {
  /** Text of the contract's key column. */
  readonly key: string;
  readonly kind: ChangeKind;
  /**
   * The row as the event carries it. Trust it for append-only contracts only: of a mutable one it may be stale or hold
   * an unavailable-value marker; read the facts instead (architecture 4).
   */
  readonly row: RowOf<C>;
}

/** A stretch of time, from an instant until just before another; timestamptz texts. */
export interface Stretch {
  readonly from: string;
  readonly before: string;
}

/** A batch of changes, in order; of mutable contracts one change per key, the newest. */
export type ChangesOf<C extends Contract> = readonly Change<C>[];

/**
 * The unit of module code: a batch of changes of one contract becomes rows of the module's own tables and statuses, in
 * one transaction that the runner owns. No try, no logging, no commit (architecture 5). The batch [a, b] must leave what
 * a, then b would leave; anything may come again.
 */
export interface Reaction<C extends Contract = Contract> {
  react(changes: ChangesOf<C>, tx: ModuleTx): Promise<void>;

  /**
   * Keys of cause rows that were last changed in this stretch and have no effect yet, oldest first: what the sweep hands to
   * `react` again, found without change events (reliability 3.9). What was changed earlier has been looked at before; how
   * long the history is must not matter. For mutable contracts.
   */
  overlooked?(changed: Stretch, limit: number, tx: ModuleTx): Promise<readonly string[]>;
}

/** What the runner knows of an executor: its public name (interfaces 6) and the contract it hears. */
export interface ExecutorDeclaration {
  readonly name: string;
  readonly contract: Contract;
  /** Raised when the meaning of the reaction changes; kept beside the checkpoint. */
  readonly version: number;
  /**
   * How long a batch may wait for more changes, milliseconds; left out: as short as possible. For work that nobody waits
   * for and that costs less the more it does at once.
   */
  readonly patienceMs?: number | undefined;
}

const EXECUTOR = Symbol('orderkeel:executor');

/** Makes a reaction an executor that hears a contract. */
export function OnChange(
  contract: Contract,
  options: { name: string; version?: number; patienceMs?: number },
): ClassDecorator {
  return (target) => {
    Reflect.defineMetadata(EXECUTOR, { version: 1, ...options, contract }, target);
  };
}

/** The declaration that `OnChange` left on a reaction's class; throws when there is none. */
export function executorOf(reaction: object): ExecutorDeclaration {
  const target = typeof reaction === 'function' ? reaction : reaction.constructor;
  const declaration = Reflect.getMetadata(EXECUTOR, target) as ExecutorDeclaration | undefined;
  if (!declaration) throw new Error(`${target.name} is not an executor: put @OnChange on it`);
  return declaration;
}
