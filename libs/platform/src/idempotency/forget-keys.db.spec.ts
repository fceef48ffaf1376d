import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import type { ModuleTx } from '../database/module-tx.js';
import { SystemClock } from '../time/clock.js';
import { oldKeysForgotten } from './forget-keys.js';
import { idempotent } from './idempotent.js';

const DAY_MS = 24 * 60 * 60_000;

/** A clock that stands where it is set. */
class SetClock extends SystemClock {
  atMs = Date.UTC(2026, 10, 21);

  override nowMs(): number {
    return this.atMs;
  }
}

describe('the idempotency keys of commands', () => {
  const clock = new SetClock();
  const first = clock.atMs;
  let db: MigratedDatabase;
  let done = 0;
  beforeAll(async () => {
    db = await migratedDatabase({ clock });
  });
  afterAll(() => db.drop());

  const run = (key: string, each = (tx: ModuleTx) => tx) =>
    db.database.command('order', { tenantId: null, actor: 'spec' }, (tx) =>
      idempotent(each(tx), { route: 'POST /things', object: '', key, content: {} }, async () => (done += 1)),
    );

  it('are forgotten after 90 days, in pieces, and none before', async () => {
    for (const key of ['a', 'b', 'c', 'd', 'e']) await run(key);
    clock.atMs = first + DAY_MS;
    await run('later');
    const chore = oldKeysForgotten(db.database, clock, 2);
    clock.atMs = first + 90 * DAY_MS;
    expect(await chore.run()).toBe(0);
    expect(await run('a')).toMatchObject({ repeated: true });
    clock.atMs += 1;
    expect(await chore.run()).toBe(5);
    expect(await chore.run()).toBe(0);
    expect(await run('a')).toMatchObject({ repeated: false });
    expect(await run('later')).toMatchObject({ repeated: true });
  });

  it('stand for a new command when they are forgotten while they are repeated', async () => {
    await run('met');
    clock.atMs += 91 * DAY_MS;
    const before = done;
    const chore = oldKeysForgotten(db.database, clock);
    const forgetting = (tx: ModuleTx): ModuleTx =>
      Object.create(tx, {
        query: { value: (sql: string, parameters: unknown[]) => chore.run().then(() => tx.query(sql, parameters)) },
        execute: { value: (sql: string, parameters: unknown[]) => tx.execute(sql, parameters) },
      }) as ModuleTx;
    expect(await run('met', forgetting)).toEqual({ result: before + 1, repeated: false });
  });
});
