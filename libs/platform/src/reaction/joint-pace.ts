import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../database/database.js';
import { codeOf, failureKind } from '../database/sqlstate.js';
import { applyBatches, type Batch, type ParkingPermit } from './apply-batch.js';
import { attemptBatch, type Attempt } from './attempt.js';
import { STALE_OWNER } from './checkpoint.store.js';
import type { Executor } from './executor.js';
import { Rest, type LanePace, type Wait } from './lane-pace.js';
import { Nap } from './nap.js';

interface Request {
  readonly batch: Batch;
  readonly mayPark: ParkingPermit;
  readonly answer: (attempt: Attempt) => void;
}

/**
 * The pace of lanes of one executor that wait together and apply what they have in common transactions, one at a time: a
 * transaction costs the same whatever is in it, and many lanes with little each would spend everything on that.
 */
export class JointPace implements LanePace {
  private readonly nap = new Nap();
  private readonly rest = new Rest();
  private gathering: Promise<void> | null = null;
  private requests: Request[] = [];
  private working = false;

  constructor(
    private readonly db: Database,
    private readonly executor: Executor,
    private readonly waitMs: Wait,
  ) {}

  /** The first lane with something begins the wait, the others join it. */
  gather(): Promise<void> {
    this.gathering ??= this.nap.sleep(this.waitMs(this.rest.soFarMs)).finally(() => (this.gathering = null));
    return this.gathering;
  }

  hurry(): void {
    this.nap.wake();
  }

  attempt(batch: Batch, mayPark: ParkingPermit): Promise<Attempt> {
    return new Promise((answer) => {
      this.requests.push({ batch, mayPark, answer });
      if (!this.working) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.working = true;
    // Lanes that woke at the same moment, or have just been answered, ask one after the other within a turn.
    for (await nextTurn(); this.requests.length > 0; await nextTurn()) {
      const requests = this.requests.splice(0);
      this.rest.end();
      const attempts = await attemptTogether(this.db, this.executor, requests);
      for (const [nth, { answer }] of requests.entries()) answer(attempts[nth]!);
    }
    this.working = false;
  }
}

/** Where the fault may be one lane's, each tries by itself; what has nothing to do with any of them is every one's. */
async function attemptTogether(db: Database, executor: Executor, requests: readonly Request[]): Promise<Attempt[]> {
  try {
    const batches = requests.map(({ batch }) => batch);
    if (requests.length > 1)
      return (await applyBatches(db, executor, batches)).map((outcome) => ({ kind: 'applied', outcome }));
  } catch (error) {
    const kind = failureKind(error);
    const passing = codeOf(error) !== STALE_OWNER && (kind === 'conflict' || kind === 'unavailable');
    if (passing) return requests.map(() => ({ kind, error }));
  }
  const attempts: Attempt[] = [];
  for (const { batch, mayPark } of requests) attempts.push(await attemptBatch(db, executor, batch, mayPark));
  return attempts;
}
