import type { ModuleTx } from '../database/module-tx.js';

/** The states of an executor (interfaces 3, `GET /ops/consumers`). */
export const CONSUMER_STATES = [
  'DISABLED',
  'NEEDS_SNAPSHOT',
  'ONBOARDING',
  'SNAPSHOTTING',
  'RUNNING',
  'PAUSED',
] as const;
/** One of the states of an executor. */
export type ConsumerState = (typeof CONSUMER_STATES)[number];

/** What the installation knows of an executor. */
export interface Consumer {
  readonly executor: string;
  readonly module: string;
  readonly state: ConsumerState;
  /** A person or a failure has stopped it, and it must not go on by itself: paused, or paused before it caught up. */
  readonly held: boolean;
  /** Why it is held, needs a snapshot or is disabled; null where that goes without saying. */
  readonly reason: string | null;
  readonly handlerVersion: number;
  /** While it catches up: nothing behind this LSN may be acknowledged. */
  readonly floor: bigint | null;
  /** The LSN at which its stream continues once its keys are worked through. */
  readonly snapshotPos: bigint | null;
}

const COLUMNS = `executor, module, state, held, reason, handler_version AS "handlerVersion", floor_pos AS floor,
                 snapshot_pos AS "snapshotPos"`;

type Stored = Omit<Consumer, 'floor' | 'snapshotPos'> & { floor: string | null; snapshotPos: string | null };

/** All executors of the installation, by name. */
export async function readConsumers(tx: ModuleTx): Promise<Map<string, Consumer>> {
  const rows = await tx.query<Stored>(`SELECT ${COLUMNS} FROM cdc.consumer WHERE executor <> module ORDER BY executor`);
  return new Map(
    rows.map((row) => [row.executor, { ...row, floor: asLsn(row.floor), snapshotPos: asLsn(row.snapshotPos) }]),
  );
}

function asLsn(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}

/** A change of state; what is left out becomes null, or false. */
export interface Transition {
  readonly state: ConsumerState;
  readonly held?: boolean;
  readonly reason?: string;
  readonly floor?: bigint;
  readonly snapshotPos?: bigint;
}

/** Puts an executor into a state, from one of these states only. False: it was in another one, or held. */
export async function moveConsumer(
  tx: ModuleTx,
  executor: string,
  to: Transition,
  from: readonly ConsumerState[],
): Promise<boolean> {
  const moved = await tx.execute(
    `UPDATE cdc.consumer SET state = $2, held = $3, reason = $4, floor_pos = $5, snapshot_pos = $6,
            state_since = clock_timestamp()
      WHERE executor = $1 AND state = ANY($7) AND NOT held`,
    [executor, to.state, to.held ?? false, to.reason ?? null, to.floor ?? null, to.snapshotPos ?? null, from],
  );
  return moved === 1;
}

/** Stops an executor until it is resumed; one that catches up begins again then. False: it is held, or disabled. */
export async function pauseConsumer(tx: ModuleTx, executor: string, reason: string): Promise<boolean> {
  const paused = await tx.execute(
    `UPDATE cdc.consumer SET state = CASE state WHEN 'RUNNING' THEN 'PAUSED' ELSE 'NEEDS_SNAPSHOT' END, held = true,
            reason = $2, floor_pos = NULL, snapshot_pos = NULL, state_since = clock_timestamp()
      WHERE executor = $1 AND state <> 'DISABLED' AND NOT held`,
    [executor, reason],
  );
  return paused === 1;
}

/** Lets an executor go on from where it was held. False: it is not held. */
export async function resumeConsumer(tx: ModuleTx, executor: string): Promise<boolean> {
  const resumed = await tx.execute(
    `UPDATE cdc.consumer SET state = CASE state WHEN 'PAUSED' THEN 'RUNNING' ELSE state END, held = false, reason = NULL,
            state_since = clock_timestamp()
      WHERE executor = $1 AND held`,
    [executor],
  );
  return resumed === 1;
}
