import type { Database } from '../database/database.js';
import type { Chore } from '../housekeeping/housekeeping.js';
import type { Clock } from '../time/clock.js';

/** How long a command can be repeated under its key: far longer than any caller goes on trying. */
const KEPT_DAYS = 90;
const DAY_MS = 24 * 60 * 60_000;
/** Keys per transaction, so that no command waits for long and no transaction grows. */
const PIECE = 1000;

/** Forgets the idempotency keys of commands that nobody repeats any more (docs/adr/0008); gives how many. */
export function oldKeysForgotten(db: Database, clock: Clock, piece = PIECE): Chore & { run(): Promise<number> } {
  return {
    name: 'old-idempotency-keys',
    run: async () => {
      const before = new Date(clock.nowMs() - KEPT_DAYS * DAY_MS).toISOString();
      let forgotten = 0;
      for (let last = piece; last === piece; forgotten += last) last = await forget(db, before, piece);
      return forgotten;
    },
  };
}

/** An id begins with its time, so the primary key finds the oldest. */
function forget(db: Database, before: string, piece: number): Promise<number> {
  return db.bookkeeping((tx) =>
    tx.execute(
      `DELETE FROM platform.idempotency_key WHERE id = ANY(ARRAY(
         SELECT id FROM platform.idempotency_key WHERE id < cdc.first_id_at($1::timestamptz) ORDER BY id LIMIT $2))`,
      [before, piece],
    ),
  );
}
