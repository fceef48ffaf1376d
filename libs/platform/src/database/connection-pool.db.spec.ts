import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { onConnection } from '../postgres/admin-connection.js';
import { ConnectionPool } from './connection-pool.js';

const ASK = `SELECT current_user::text AS role, current_setting('work_mem') AS memory, current_setting('synchronous_commit') AS commits`;

describe('a connection of the pool', () => {
  let db: MigratedDatabase;
  beforeAll(async () => {
    db = await migratedDatabase();
  });
  afterAll(() => db.drop());
  const open = (url: string) =>
    ConnectionPool.open({ url, size: 1, restingRole: db.roles.api, applicationName: 'test' });

  it.each(['adminUrl', 'appUrl'] as const)('has our settings and role besides the options of %s', async (login) => {
    const url = new URL(db[login]);
    url.searchParams.set('options', '-c work_mem=8MB -c synchronous_commit=off');
    const pool = await open(url.href);
    const connection = await pool.acquire();
    expect((await connection.query(ASK)).rows).toEqual([{ role: db.roles.api, memory: '8MB', commits: 'on' }]);
    connection.release();
    await pool.close();
  });

  it.each([
    ['role', 'none'],
    ['synchronous_commit', 'off'],
  ])('is refused when its %s has become %s', async (setting, value) => {
    await onConnection(db.adminUrl, async (admin) => {
      await admin.query(`
        CREATE OR REPLACE FUNCTION public.meddle() RETURNS event_trigger LANGUAGE plpgsql AS $$
          BEGIN IF session_user = '${db.roles.app}' THEN PERFORM set_config('${setting}', '${value}', false); END IF; END $$;
        GRANT USAGE ON SCHEMA public TO PUBLIC;
        DROP EVENT TRIGGER IF EXISTS meddle;
        CREATE EVENT TRIGGER meddle ON login EXECUTE FUNCTION public.meddle()`);
    });
    await expect(open(db.appUrl)).rejects.toMatchObject({
      code: 'session-not-ours',
      message: expect.stringContaining('ORDERKEEL_DATABASE_URL'),
    });
  });
});
