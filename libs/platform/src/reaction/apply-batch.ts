import type { Database } from '../database/database.js';
import type { ModuleTx } from '../database/module-tx.js';
import { together } from '../database/together.js';
import { fence, type Checkpoint } from './checkpoint.store.js';
import type { Executor, LaneId } from './executor.js';
import { hear } from './hear.js';
import type { IncomingChange } from './incoming-change.js';
import { fenceTogether } from './joint-fence.store.js';
import { parkedAmong, parkEvents, parkKey } from './parking.store.js';
import type { Position } from './position.js';
import { reactToKey } from './react-to-key.js';
import { seeTransactions } from './visibility.js';

/** A piece of a lane's stream, and the places before and behind it. */
export interface Batch {
  readonly lane: LaneId;
  readonly from: Checkpoint;
  readonly to: Position;
  readonly changes: readonly IncomingChange[];
  /** Transactions of the stream that the changes belong to; the reaction must see what they committed. */
  readonly xids?: readonly number[];
  /** Milliseconds after which the server ends its transaction; unlimited when absent. */
  readonly limitMs?: number;
}

/** What became of a batch. */
export interface BatchOutcome {
  readonly applied: readonly IncomingChange[];
  /** Changes that were put behind parked keys, newly parked ones included. */
  readonly parked: readonly IncomingChange[];
  /** Keys that were parked by this batch. */
  readonly newlyParked: readonly string[];
}

/** Asked before a key is parked, with its error and how many there are now; it throws where parking is not the cure. */
export type ParkingPermit = (keys: number, error: unknown) => void;

/**
 * The one code path that may write on behalf of change events (architecture 6): fence first, queue events of parked
 * keys, react to the rest, commit. Acknowledging the source is the caller's, after this.
 */
export async function applyBatch(db: Database, executor: Executor, batch: Batch): Promise<BatchOutcome> {
  const [outcome] = await applyBatches(db, executor, [batch]);
  return outcome!;
}

/** The same for batches of several lanes of the executor, which share no key: all of them, or none. */
export async function applyBatches(
  db: Database,
  executor: Executor,
  batches: readonly Batch[],
): Promise<BatchOutcome[]> {
  const work = async (tx: ModuleTx) => {
    const entered = await enter(tx, executor, batches);
    const free = entered.flatMap((each) => each.free);
    if (free.length > 0) await hear(executor, free, tx);
    return entered.map((each) => ({ applied: each.free, parked: each.parked, newlyParked: [] }));
  };
  return db.batch(executor.module, executor.name, work, limitOf(batches));
}

/**
 * Runs a batch that has failed key by key, each behind a savepoint: what fails is parked with its events, the rest
 * commits. Failures that are not the key's own (a lost connection, a missing grant) are thrown as they are.
 */
export async function applyKeyByKey(
  db: Database,
  executor: Executor,
  batch: Batch,
  mayPark: ParkingPermit,
): Promise<BatchOutcome> {
  const work = async (tx: ModuleTx) => {
    const [{ free, parked }] = (await enter(tx, executor, [batch])) as [Entered];
    const outcome = { applied: [] as IncomingChange[], parked: [...parked], newlyParked: [] as string[] };
    for (const [key, changes] of byKey(free)) {
      const error = await reactToKey(tx, executor, changes);
      (error === null ? outcome.applied : outcome.parked).push(...changes);
      if (error === null) continue;
      outcome.newlyParked.push(key);
      mayPark(outcome.newlyParked.length, error);
      await parkKey(tx, executor.name, key, error);
      await parkEvents(tx, batch.lane, batch.to, changes);
    }
    return outcome;
  };
  return db.batch(executor.module, executor.name, work, batch.limitMs);
}

/** The longest of their limits, milliseconds; none where one of them has none. */
function limitOf(batches: readonly Batch[]): number | undefined {
  const limits = batches.map(({ limitMs }) => limitMs ?? Infinity);
  return Number.isFinite(Math.max(...limits)) ? Math.max(...limits) : undefined;
}

/** Steps 2 and 3 of the batch transaction; tells the changes of keys that are not parked from those that are. */
async function enter(tx: ModuleTx, executor: Executor, batches: readonly Batch[]): Promise<Entered[]> {
  const [{ lane, from, to }] = batches as [Batch];
  const fenced = batches.length === 1 ? fence(tx, lane, from, to) : fenceTogether(tx, batches);
  const changes = batches.flatMap((batch) => batch.changes);
  const [, , keys] = await together(
    fenced,
    seeTransactions(tx, [...new Set(batches.flatMap(({ xids = [] }) => xids))]),
    parkedAmong(tx, executor.name, [...new Set(changes.map((change) => change.key))]),
  );
  const entered: Entered[] = [];
  for (const batch of batches) {
    const parked = batch.changes.filter((change) => keys.has(change.key));
    if (parked.length > 0) await parkEvents(tx, batch.lane, batch.to, parked);
    entered.push({ free: batch.changes.filter((change) => !keys.has(change.key)), parked });
  }
  return entered;
}

interface Entered {
  readonly free: readonly IncomingChange[];
  readonly parked: readonly IncomingChange[];
}

function byKey(changes: readonly IncomingChange[]): Map<string, IncomingChange[]> {
  const groups = new Map<string, IncomingChange[]>();
  for (const change of changes) {
    const group = groups.get(change.key);
    if (group) group.push(change);
    else groups.set(change.key, [change]);
  }
  return groups;
}
