import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { onConnection } from '../postgres/admin-connection.js';
import { SystemClock } from '../time/clock.js';
import { ConnectionPool } from './connection-pool.js';
import { Database } from './database.js';
import type { ModuleTx } from './module-tx.js';

const shared = { tenantId: null, actor: 'test' };
const [a, b] = ['a', 'b'].map((last) => ({ tenantId: `0199aaaa-0000-7000-8000-00000000000${last}`, actor: 'test' }));

let db: MigratedDatabase;
let pool: ConnectionPool;
let database: Database;
beforeAll(async () => {
  db = await migratedDatabase();
  const login = `"${db.roles.app}" IN DATABASE "${new URL(db.adminUrl).pathname.slice(1)}"`;
  const others = ['synchronous_commit = off', 'jit = on', `TimeZone = 'Asia/Tokyo'`];
  await onConnection(db.adminUrl, (admin) =>
    admin.query(others.map((setting) => `ALTER ROLE ${login} SET ${setting}`).join('; ')),
  );
  // One connection, so that whatever stays behind on it is met by the next.
  pool = await ConnectionPool.open({ url: db.appUrl, size: 1, restingRole: db.roles.api, applicationName: 'test' });
  database = new Database(pool, db.roles, new SystemClock());
});
afterAll(async () => {
  await pool.close();
  await db.drop();
});

const one = async (tx: ModuleTx, sql: string, parameters?: readonly unknown[]) =>
  Object.values((await tx.query(sql, parameters))[0]!)[0];
const asking = (sql: string) => (tx: ModuleTx) => one(tx, sql);

/** The same question in every way there is to the database. */
const everywhere = async (sql: string) => ({
  read: await database.read(shared, asking(sql)),
  tenantRead: await database.read(a!, asking(sql)),
  lookUp: await database.lookUp(shared, asking(sql)),
  command: await database.command('order', shared, asking(sql)),
  batch: await database.batch('order', 'executor', asking(sql)),
  bookkeeping: await database.bookkeeping(asking(sql)),
});

describe('the one way to the database', () => {
  it('speaks as the API where it reads, and as module or platform where it writes', async () => {
    const { api, platform } = db.roles;
    const order = db.roles.ofModule('order');
    const expected = { read: api, tenantRead: api, lookUp: api, command: order, batch: order, bookkeeping: platform };
    expect(await everywhere('SELECT current_user::text')).toEqual(expected);
  });

  it('ends statements that a caller waits for after 5 s, and no others', async () => {
    const [hurried, not] = ['5s', '0'];
    const reads = { read: hurried, tenantRead: hurried, lookUp: hurried };
    expect(await everywhere('SHOW statement_timeout')).toEqual({
      ...reads,
      ...{ command: hurried, batch: not, bookkeeping: not },
    });
  });

  it.each([
    ['synchronous_commit', 'on'],
    ['TimeZone', 'UTC'],
    ['enable_seqscan', 'off'],
    ['jit', 'off'],
    ['idle_in_transaction_session_timeout', '10s'],
  ])('has %s = %s, whatever the login is set to', async (name, value) => {
    expect(new Set(Object.values(await everywhere(`SHOW ${name}`)))).toEqual(new Set([value]));
  });

  it('leaves nothing behind on a connection, also when the work fails', async () => {
    const atRest = `SELECT concat_ws(' ', current_user, current_setting('orderkeel.tenant', true))`;
    const broken = (tx: ModuleTx) => tx.query('SELECT 1 / 0');
    for (const work of [
      () => database.read(a!, asking('SELECT 1')),
      () => database.read(a!, broken),
      () => database.read(shared, broken),
      () => database.command('order', a!, broken),
      () => database.batch('order', 'executor', broken),
    ]) {
      await work().catch(() => undefined);
      expect(((await database.read(shared, asking(atRest))) as string).trim()).toBe(db.roles.api);
    }
  });

  it('ends a batch that lasts for too long, also where it does nothing but wait', async () => {
    const waiting = (tx: ModuleTx) => tx.query('SELECT pg_sleep(600)');
    await expect(database.batch('order', 'executor', waiting, 50)).rejects.toMatchObject({ code: '25P04' });
    expect(await database.batch('order', 'executor', (tx) => one(tx, 'SHOW transaction_timeout'))).toBe('0');
  });

  it('has no transaction around what only reads', async () => {
    const second = async (tx: ModuleTx) => {
      await tx.query('SELECT 1');
      return one(tx, 'SELECT now() = statement_timestamp()');
    };
    expect(await database.read(shared, second)).toBe(true);
    expect(await database.command('order', shared, second)).toBe(false);
  });
});

describe('plans that a connection keeps', () => {
  const FIND = 'SELECT count(*) FROM core.customer WHERE customer_ref = $1';
  const kept = async () => {
    const count = `SELECT count(*) FROM pg_prepared_statements WHERE statement = '${FIND}'`;
    return database.read(shared, asking(count));
  };

  it('are those of look-ups and of what modules do, for each role its own; reads and searches are planned anew', async () => {
    await database.read(shared, (tx) => one(tx, FIND, ['c']));
    await database.search('commerce-core', 'executor', (tx) => one(tx, FIND, ['c']));
    expect(await kept()).toBe(0);
    for (const time of ['first', 'second']) {
      await database.lookUp(shared, (tx) => one(tx, FIND, [time]));
      await database.command('commerce-core', shared, (tx) => one(tx, FIND, [time]));
    }
    expect(await kept()).toBe(2);
  });

  it('never show a tenant what is another one’s', async () => {
    const put = (tx: ModuleTx) =>
      tx.execute(
        `INSERT INTO core.customer (id, tenant_id, customer_ref, created_at, updated_at)
         VALUES (gen_random_uuid(), $1, 'of-a', now(), now())`,
        [tx.tenantId],
      );
    await database.command('commerce-core', a!, put);
    const seen = (caller: typeof shared | typeof a) => database.lookUp(caller!, (tx) => one(tx, FIND, ['of-a']));
    // From the sixth time on the plan may be one for all values.
    for (let time = 0; time < 10; time += 1) {
      expect(await seen(a)).toBe(1);
      expect(await seen(b)).toBe(0);
      expect(await seen(shared)).toBe(0);
    }
  });
});
