import type { Executor } from './executor.js';
import { reasonOf } from './parking.store.js';

/** Where structured lines go; pino's shape. */
export interface LineLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What the change stream tells people, in one place. */
export class StreamLog {
  private wasStandby = false;

  constructor(private readonly log: LineLog) {}

  leading(executors: readonly string[]): void {
    this.wasStandby = false;
    this.log.info({ executors }, 'reading the change stream');
  }

  standby(): void {
    if (!this.wasStandby) this.log.info({}, 'another process reads the change stream; standing by');
    this.wasStandby = true;
  }

  streamBroken(error: unknown, lost: boolean): void {
    const message = lost
      ? 'the replication slot is gone; making a new one and reading the tables again'
      : 'the change stream broke; connecting again';
    this.log.warn({ error: reasonOf(error) }, message);
  }

  lanesKept(executor: Executor, lanes: number): void {
    this.log.warn(
      { executor: executor.name, lanes, configured: executor.lanes },
      'the number of lanes stays as it was until they stand at one place: stop in order while nothing waits, and start again',
    );
  }

  gap(executors: readonly string[]): void {
    this.log.error({ executors }, 'the replication slot has skipped changes; these executors read the tables again');
  }

  retried(executor: Executor, error: unknown, waitMs: number): void {
    this.log.warn(
      { executor: executor.name, error: reasonOf(error), waitMs },
      'a batch failed for now; trying it again',
    );
  }

  parked(executor: Executor, keys: readonly string[]): void {
    this.log.error({ executor: executor.name, keys }, 'keys were parked; see `orderkeel parked list`');
  }

  halted(executor: Executor, error: unknown): void {
    this.log.error(
      { executor: executor.name, error: reasonOf(error) },
      'the executor is paused: the failure is not the fault of its events; mend the cause and resume it',
    );
  }

  overlooked(executor: Executor, keys: readonly string[]): void {
    this.log.error({ executor: executor.name, keys }, 'the sweep found work that was overlooked, and did it');
  }

  overdue(executors: readonly string[]): void {
    this.log.error({ executors }, 'these executors held back too much WAL; they will read the tables instead');
  }

  catchingUp(executors: readonly string[]): void {
    this.log.info({ executors }, 'catching up from the tables');
  }

  caughtUp(executor: string, keys: number): void {
    this.log.info({ executor, keys }, 'caught up; following the change stream');
  }

  progress(executor: string, done: number, total: number): void {
    this.log.info({ executor, done, total }, 'catching up');
  }

  abandoned(afterMs: number): void {
    this.log.error({ afterMs }, 'work did not end in time and was abandoned; what it still writes is refused');
  }

  /** An executor has so many partitions of its topic here. */
  assigned(executor: Executor, partitions: readonly number[]): void {
    this.log.info({ executor: executor.name, partitions }, 'reading these partitions');
  }

  lostPlace(executor: Executor, error: unknown): void {
    this.log.error({ executor: executor.name, error: reasonOf(error) }, 'the executor has lost its place in the topic');
  }

  /** It comes from another source, or begins. */
  placeless(executor: Executor, error: unknown): void {
    this.log.info({ executor: executor.name, reason: reasonOf(error) }, 'the executor reads the tables first');
  }

  rejoining(executor: Executor, error: unknown, waitMs: number): void {
    this.log.warn(
      { executor: executor.name, error: reasonOf(error), waitMs },
      'reading the topic failed for now; joining the group again',
    );
  }

  unreachable(what: string, error: unknown, waitMs: number): void {
    this.log.warn({ error: reasonOf(error), waitMs }, `${what} cannot be reached; trying again`);
  }

  /** What the Kafka client has to say, of each attempt and connection; what comes of it is said once, by whoever uses it. */
  client(message: string, fields: object): void {
    this.log.debug({ client: fields }, message);
  }

  topicsMade(topics: readonly string[]): void {
    this.log.info({ topics }, 'made topics');
  }

  failed(what: string, error: unknown): void {
    this.log.error({ error: reasonOf(error) }, what);
  }
}
