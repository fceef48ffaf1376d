import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '../database/database.js';
import { monthsAround } from '../install/partitions.js';
import { CLOCK, type Clock } from '../time/clock.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Makes the partitions of the coming months while the program runs, so that one that is never restarted does not run
 * out of them (reliability 3.11). When it cannot, readiness names the month that is missing; it is tried again daily.
 */
@Injectable()
export class MonthKeeper implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.keep().catch(() => undefined), DAY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Makes what is missing of the months around now; gives how many partitions it made. */
  async keep(): Promise<number> {
    // Only tables of the owner who made cdc.create_month: others in this database are not ours.
    const [row] = await this.db.bookkeeping((tx) =>
      tx.query<{ made: number }>(
        `SELECT count(*) FILTER (WHERE cdc.create_month(c.oid::regclass, month)) AS made
           FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid
           JOIN pg_proc f ON f.proowner = c.relowner AND f.oid = 'cdc.create_month(regclass, date)'::regprocedure,
                unnest($1::date[]) AS month`,
        [monthsAround(this.clock.nowMs())],
      ),
    );
    return row?.made ?? 0;
  }
}
