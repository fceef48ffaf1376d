import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/database.js';
import { HealthProbes, type HealthFinding } from '../http/health/health-probes.js';
import { CLOCK, type Clock } from '../time/clock.js';
import { ChangeStreamView } from './change-stream-view.js';

/** Work that waits and does not move for so long means that a restart is due (reliability K8, 3.12). */
const STUCK_SECONDS = 60;

/** Health that means progress: the database answers, months ahead exist, somebody reads, and what waits moves on. */
@Injectable()
export class StreamHealth implements OnModuleInit {
  private missingSinceMs: number | null = null;

  constructor(
    private readonly probes: HealthProbes,
    private readonly db: Database,
    private readonly stream: ChangeStreamView,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.probes.register({ name: 'stream', check: () => this.reading() });
    this.probes.register({ name: 'database', check: () => this.database() });
    this.probes.register({ name: 'partitions', check: () => this.nextMonth() });
    this.probes.register({ name: 'progress', decides: 'liveness', check: async () => this.progress() });
  }

  private async database(): Promise<HealthFinding> {
    await this.db.bookkeeping((tx) => tx.query('SELECT 1'));
    return { ok: true };
  }

  private async nextMonth(): Promise<HealthFinding> {
    const [row] = await this.db.bookkeeping((tx) =>
      tx.query<{ missing: string | null }>(
        `SELECT min(c.oid::regclass::text) AS missing FROM pg_class c JOIN pg_partitioned_table p ON p.partrelid = c.oid
          WHERE NOT EXISTS (SELECT FROM pg_inherits i JOIN pg_class leaf ON leaf.oid = i.inhrelid
                             WHERE i.inhparent = c.oid
                               AND leaf.relname = c.relname || to_char($1::timestamptz AT TIME ZONE 'UTC' + interval '1 month', '_YYYY_MM'))`,
        [this.clock.now()],
      ),
    );
    if (!row?.missing) return { ok: true };
    return { ok: false, detail: `${row.missing} has no partition for next month: run \`orderkeel migrate\`` };
  }

  /**
   * Somebody reads the slot: this process, or one that it would take over from. The server knows since when nobody does;
   * a process that cannot read would not take over either, whoever reads now; one executor of several may be what fails.
   * One that runs no executor goes on to answer requests, and what it takes is done once somebody reads again.
   */
  private async reading(): Promise<HealthFinding> {
    const { runsExecutors, reading, readsSlot, failingSinceMs } = this.stream;
    if (!runsExecutors) return { ok: true, detail: 'the executors run in other processes' };
    if (failingSinceMs !== null) return failing((this.clock.nowMs() - failingSinceMs) / 1000);
    if (readsSlot) return { ok: true, detail: 'this process reads' };
    const [slot] = await this.db.bookkeeping((tx) =>
      tx.query<{ unreadSeconds: number | null }>(
        `SELECT extract(epoch FROM clock_timestamp() - inactive_since)::int AS "unreadSeconds"
           FROM pg_replication_slots WHERE slot_name = $1 AND database = current_database()`,
        [this.stream.slot],
      ),
    );
    this.missingSinceMs = slot ? null : (this.missingSinceMs ?? this.clock.nowMs());
    const unreadSeconds = slot ? (slot.unreadSeconds ?? 0) : (this.clock.nowMs() - this.missingSinceMs!) / 1000;
    if (unreadSeconds <= STUCK_SECONDS) return { ok: true, detail: reading ? 'this process reads' : 'standing by' };
    return { ok: false, detail: `nobody has read the change stream for ${Math.floor(unreadSeconds)} s` };
  }

  private progress(): HealthFinding {
    const stuck = [...this.stream.knownLags(this.clock.nowMs())]
      .filter(([, lag]) => lag.events !== 0 && lag.secondsSinceProgress > STUCK_SECONDS)
      .map(([executor]) => executor);
    if (stuck.length === 0) return { ok: true, detail: this.stream.reading ? 'reading' : 'standing by' };
    return { ok: false, detail: `no progress for more than ${STUCK_SECONDS} s: ${stuck.join(', ')}` };
  }
}

function failing(seconds: number): HealthFinding {
  if (seconds <= STUCK_SECONDS) return { ok: true, detail: 'trying to read' };
  return {
    ok: false,
    detail: `this process has failed to read the change stream for ${Math.floor(seconds)} s: see its log`,
  };
}
