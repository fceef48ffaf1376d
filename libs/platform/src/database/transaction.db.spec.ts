import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { SystemClock } from '../time/clock.js';
import { ConnectionPool } from './connection-pool.js';
import { Database } from './database.js';
import type { ModuleTx } from './module-tx.js';
import { together } from './together.js';

const shared = { tenantId: null, actor: 'test' };
const WHO = 'SELECT current_user::text AS role';
const ENDED = { code: 'transaction-ended' };

let db: MigratedDatabase;
let pool: ConnectionPool;
let database: Database;
const logged: object[] = [];
beforeAll(async () => {
  db = await migratedDatabase();
  // One connection, so that what is said too late would be said in somebody else's transaction.
  pool = await ConnectionPool.open({ url: db.appUrl, size: 1, restingRole: db.roles.api, applicationName: 'test' });
  database = new Database(pool, db.roles, new SystemClock(), { error: (fields) => logged.push(fields) });
});
afterAll(async () => {
  await pool.close();
  await db.drop();
});

const putCustomer = (tx: ModuleTx, ref: string) =>
  tx.execute(
    `INSERT INTO core.customer (id, customer_ref, created_at, updated_at) VALUES (gen_random_uuid(), $1, now(), now())`,
    [ref],
  );
const customers = (ref: string) =>
  database.read(shared, (tx) => tx.query('SELECT customer_ref FROM core.customer WHERE customer_ref = $1', [ref]));

describe('a transaction', () => {
  it('that failed within is not taken for committed, and gives no hints', async () => {
    const hints: string[] = [];
    const swallowing = database.command('commerce-core', shared, async (tx) => {
      await putCustomer(tx, 'lost');
      await tx.query('SELECT 1 / 0').catch(() => undefined);
      tx.afterCommit(() => hints.push('stored'));
    });
    await expect(swallowing).rejects.toMatchObject({ code: 'not-committed', retriable: false });
    expect([hints, await customers('lost')]).toEqual([[], []]);
  });

  it('stays committed when a hint fails, which is logged, and the others are given', async () => {
    const hints: string[] = [];
    const answer = await database.command('commerce-core', shared, async (tx) => {
      await putCustomer(tx, 'kept');
      tx.afterCommit(() => {
        throw new Error('no listener');
      });
      tx.afterCommit(() => hints.push('stored'));
      return 'answer';
    });
    expect([answer, hints, (await customers('kept')).length]).toEqual(['answer', ['stored'], 1]);
    expect(logged).toEqual([{ error: 'Error: no listener' }]);
  });

  it.each([
    ['read', (work: (tx: ModuleTx) => Promise<unknown>) => database.read(shared, work)],
    ['command', (work: (tx: ModuleTx) => Promise<unknown>) => database.command('order', shared, work)],
  ])('is of no use after its end: %s', async (_name, within) => {
    const kept: ModuleTx[] = [];
    await within(async (tx) => kept.push(tx));
    await database.command('inventory', shared, async () => {
      await expect(kept[0]!.query(WHO)).rejects.toMatchObject(ENDED);
      await expect(kept[0]!.asModule('order', async () => 1)).rejects.toMatchObject(ENDED);
    });
  });

  it('does not let the late half of what failed speak in the next one', async () => {
    let goOn = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (goOn = resolve));
    let late: Promise<unknown> = Promise.resolve();
    const failing = database.command('order', shared, (tx) => {
      late = waiting.then(() => tx.query(WHO));
      return Promise.all([late, Promise.reject(new Error('the other half'))]);
    });
    await expect(failing).rejects.toThrow('the other half');
    await database.command('inventory', shared, async () => {
      goOn();
      await expect(late).rejects.toMatchObject(ENDED);
    });
  });

  it('lets another module speak only as long as it was given leave', async () => {
    await database.command('order', shared, async (tx) => {
      const guest = await tx.asModule('inventory', async (each) => each);
      await expect(guest.query(WHO)).rejects.toMatchObject(ENDED);
      expect(await tx.query(WHO)).toEqual([{ role: db.roles.ofModule('order') }]);
    });
  });

  it('says nothing of its own while another module speaks', async () => {
    await database.command('order', shared, async (tx) => {
      const lent = tx.asModule('inventory', (each) => each.query(WHO));
      const another = tx.asModule('order', (each) => each.query(WHO));
      await expect(tx.query(WHO)).rejects.toMatchObject({ code: 'transaction-lent' });
      await expect(another).rejects.toMatchObject({ code: 'transaction-lent' });
      expect(await lent).toEqual([{ role: db.roles.ofModule('inventory') }]);
      expect(await tx.query(WHO)).toEqual([{ role: db.roles.ofModule('order') }]);
    });
  });

  it('sends what does not wait at once, and fails by what failed first', async () => {
    const sent = database.command('order', shared, (tx) =>
      together(tx.query(WHO), tx.query('SELECT 1 / 0'), tx.query('SELECT 2')),
    );
    await expect(sent).rejects.toMatchObject({ code: '22012' });
  });

  it('has nothing more to say when it fails together', async () => {
    const said: string[] = [];
    const slow = async (tx: ModuleTx) => {
      await tx.query('SELECT pg_sleep(0.05)');
      await tx.query(WHO);
      said.push('the slow half');
    };
    const failing = database.command('order', shared, (tx) => together(slow(tx), Promise.reject(new Error('no'))));
    await expect(failing).rejects.toThrow('no');
    expect(said).toEqual(['the slow half']);
  });

  it.each([
    ['read', (work: (tx: ModuleTx) => Promise<unknown>) => database.read(shared, work)],
    ['command', (work: (tx: ModuleTx) => Promise<unknown>) => database.command('order', shared, work)],
  ])('leaves the role of its connection alone: %s', async (_name, within) => {
    await expect(within((tx) => tx.execute('SET ROLE NONE'))).rejects.toMatchObject({ code: 'session-command' });
    expect(await database.read(shared, (tx) => tx.query(WHO))).toEqual([{ role: db.roles.api }]);
  });

  it('is for a tenant that is a UUID, and for nothing that could say more', async () => {
    const tenantId = `x', true); RESET ROLE; SELECT set_config('a.b', 'c`;
    await expect(database.read({ tenantId }, (tx) => tx.query(WHO))).rejects.toMatchObject({ code: 'bad-tenant' });
    expect(await database.read(shared, (tx) => tx.query(WHO))).toEqual([{ role: db.roles.api }]);
  });
});
