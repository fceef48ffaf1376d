import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { Position } from '../http/lists/cursors.js';

/** A parked key, as `GET /ops/parked` shows it. */
export interface ParkedKey {
  readonly executor: string;
  readonly key: string;
  readonly module: string;
  readonly reason: string;
  readonly errorClass: string;
  readonly attempts: number;
  /** Null: it is not tried again by itself. */
  readonly nextRetryAt: string | null;
  readonly parkedAt: string;
  /** Events that wait behind it. */
  readonly events: number;
}

/** Keys whose events failed: looked at, tried again, or skipped with a reason (reliability 3.8). */
@Injectable()
export class ParkedKeys {
  constructor(private readonly db: Database) {}

  /** A page in order of executor and key. */
  async list(after: Position | undefined, count: number): Promise<ParkedKey[]> {
    return this.select(after ? '(k.executor, k.key) > ($2, $3)' : 'true', count, after);
  }

  private async select(condition: string, count: number, place: readonly unknown[] = []): Promise<ParkedKey[]> {
    return this.db.bookkeeping((tx) =>
      tx.query<ParkedKey>(
        `SELECT k.executor, k.key, k.module, k.reason, k.error_class AS "errorClass", k.attempts,
                k.next_retry_at AS "nextRetryAt", k.parked_at AS "parkedAt",
                (SELECT count(*) FROM cdc.parked_event e WHERE e.executor = k.executor AND e.key = k.key) AS events
           FROM cdc.parked_key k WHERE ${condition} ORDER BY k.executor, k.key LIMIT $1`,
        [count, ...place],
      ),
    );
  }

  /** One key with the envelopes that wait behind it, in order; null when it is not parked. */
  async show(executor: string, key: string): Promise<(ParkedKey & { readonly envelopes: unknown[] }) | null> {
    const [parked] = await this.select('(k.executor, k.key) = ($2, $3)', 1, [executor, key]);
    if (!parked) return null;
    const rows = await this.db.bookkeeping((tx) =>
      tx.query<{ envelope: string }>(
        'SELECT envelope FROM cdc.parked_event WHERE executor = $1 AND key = $2 ORDER BY seq LIMIT 100',
        [executor, key],
      ),
    );
    return { ...parked, envelopes: rows.map((row) => JSON.parse(row.envelope) as unknown) };
  }

  /** Lets the key be tried within about a second, whatever its schedule says. False: it is not parked. */
  async retry(executor: string, key: string): Promise<boolean> {
    const touched = await this.db.bookkeeping((tx) =>
      tx.execute(
        'UPDATE cdc.parked_key SET next_retry_at = clock_timestamp(), attempts = 0 WHERE executor = $1 AND key = $2',
        [executor, key],
      ),
    );
    return touched > 0;
  }

  /** Gives the key free and puts its events aside, with who did it and why; nothing vanishes. Null: it is not parked. */
  async skip(executor: string, key: string, by: { reason: string; actor: string }): Promise<number | null> {
    return this.db.bookkeeping(async (tx) => {
      const [parked] = await tx.query<{ reason: string }>(
        'SELECT reason FROM cdc.parked_key WHERE executor = $1 AND key = $2 FOR UPDATE',
        [executor, key],
      );
      if (!parked) return null;
      const moved = await tx.execute(
        `WITH taken AS (DELETE FROM cdc.parked_event WHERE executor = $1 AND key = $2 RETURNING seq, module, envelope)
         INSERT INTO cdc.skipped_event (executor, key, module, envelope, error, reason, actor, skipped_at)
         SELECT $1, $2, module, envelope, $3, $4, $5, clock_timestamp() FROM taken ORDER BY seq`,
        [executor, key, parked.reason, by.reason, by.actor],
      );
      await tx.execute('DELETE FROM cdc.parked_key WHERE executor = $1 AND key = $2', [executor, key]);
      return moved;
    });
  }
}
