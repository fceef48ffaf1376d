import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { onConnection } from '../postgres/admin-connection.js';
import { SystemClock } from '../time/clock.js';
import { monthsAhead } from './months-ahead.js';

class ClockIn2031 extends SystemClock {
  override nowMs(): number {
    return Date.UTC(2031, 10, 21);
  }
}

describe.each([18, 17] as const)('the months of a program that runs on, on PostgreSQL %i', (version) => {
  let db: MigratedDatabase;
  beforeAll(async () => {
    db = await migratedDatabase({ version });
  });
  afterAll(() => db.drop());

  it('are made ahead, each once, with row security and without grants', async () => {
    const chore = monthsAhead(db.database, new ClockIn2031());
    expect(await chore.run()).toBe(5);
    expect(await chore.run()).toBe(0);
    const { rows } = await onConnection(db.adminUrl, (client) =>
      client.query(
        `SELECT relrowsecurity, relforcerowsecurity, relacl FROM pg_class WHERE relname = 'order_status_history_2032_02'`,
      ),
    );
    expect(rows).toEqual([{ relrowsecurity: true, relforcerowsecurity: true, relacl: null }]);
  });

  it('leave tables of others alone', async () => {
    await onConnection(db.adminUrl, async (client) => {
      await client.query('CREATE ROLE somebody_else');
      await client.query('CREATE TABLE public.theirs (id int) PARTITION BY RANGE (id)');
      await client.query('ALTER TABLE public.theirs OWNER TO somebody_else');
    });
    try {
      await expect(monthsAhead(db.database, new ClockIn2031()).run()).resolves.toBe(0);
    } finally {
      await onConnection(db.adminUrl, async (client) => {
        await client.query('DROP TABLE public.theirs');
        await client.query('DROP ROLE somebody_else');
      });
    }
  });
});
