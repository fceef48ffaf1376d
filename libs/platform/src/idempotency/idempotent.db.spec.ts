import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import type { Caller } from '../database/database.js';
import type { ModuleTx } from '../database/module-tx.js';
import { idempotent, type CommandResult, type KeyedCommand } from './idempotent.js';

let db: MigratedDatabase;
beforeAll(async () => {
  db = await migratedDatabase();
});
afterAll(() => db.drop());

const caller: Caller = { tenantId: null, actor: 'test' };
let done = 0;

/** A command whose work counts how often it was done. */
function run(command: Partial<KeyedCommand>, by = caller, work = async () => ({ n: (done += 1) })) {
  const whole = { route: 'POST /things', object: 'a', key: 'k', content: { x: 1 }, ...command };
  return db.database.command('inventory', by, (tx) => idempotent(tx, whole, work));
}

describe('a command with an idempotency key', () => {
  it('is done once, and answers its first result again', async () => {
    const first = await run({ key: 'once' });
    expect(first).toEqual({ result: { n: done }, repeated: false });
    expect(await run({ key: 'once', content: { x: 1 } })).toEqual({ ...first, repeated: true });
  });

  it('is refused under a key that stands for other content', async () => {
    await run({ key: 'reused' });
    const before = done;
    await expect(run({ key: 'reused', content: { x: 2 } })).rejects.toMatchObject({
      code: 'idempotency-key-reused',
      retriable: false,
    });
    expect(done).toBe(before);
  });

  it('has its key for its route, its object, its module and its tenant', async () => {
    await run({ key: 'scope' });
    const tenant = { tenantId: '0199aaaa-0000-7000-8000-00000000000f', actor: 'test' };
    expect(await run({ key: 'scope', object: 'b' })).toMatchObject({ repeated: false });
    expect(await run({ key: 'scope', route: 'POST /others' })).toMatchObject({ repeated: false });
    expect(await run({ key: 'scope' }, tenant)).toMatchObject({ repeated: false });
    expect(await run({ key: 'scope' }, tenant)).toMatchObject({ repeated: true });
    const elsewhere = { route: 'POST /things', object: 'a', key: 'scope', content: 1 };
    const inOrder = (tx: ModuleTx) => idempotent(tx, elsewhere, async () => 1);
    expect(await db.database.command('order', caller, inOrder)).toMatchObject({ repeated: false });
  });

  it.each([
    ['nobody in particular', null, 'tenant_id IS NULL'],
    ['a tenant', '0199aaaa-0000-7000-8000-00000000000e', "tenant_id = '0199aaaa-0000-7000-8000-00000000000e'::uuid"],
  ])('is looked up by all columns of the unique index, for %s', async (_who, tenantId, condition) => {
    const command = { route: 'POST /things', object: 'a', key: 'index', content: 1 };
    await run(command, { ...caller, tenantId });
    const plans: unknown[] = [];
    await db.database.command('inventory', { ...caller, tenantId }, async (tx) => {
      // The planner would rather read the few rows of a test from end to end.
      await tx.execute('SET LOCAL enable_seqscan = off');
      const explaining: ModuleTx = Object.create(tx, {
        query: {
          value: async (sql: string, parameters: unknown[]) => {
            plans.push(await tx.query(`EXPLAIN ${sql}`, parameters));
            return tx.query(sql, parameters);
          },
        },
        execute: { value: (sql: string, parameters: unknown[]) => tx.execute(sql, parameters) },
      }) as ModuleTx;
      await idempotent(explaining, command, async () => 1);
    });
    expect(JSON.stringify(plans)).toContain(`Index Cond: ((${condition}) AND (module = `);
    expect(JSON.stringify(plans)).not.toContain('"Filter');
  });

  it('leaves its key free when it fails', async () => {
    const failing = run({ key: 'failing' }, caller, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await run({ key: 'failing', content: 'other' })).toMatchObject({ repeated: false });
  });

  it('waits for one that is under way, and is done only once', async () => {
    const before = done;
    const all = await Promise.all(Array.from({ length: 8 }, () => run({ key: 'crowd' })));
    expect(done).toBe(before + 1);
    expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(all.map(({ result }) => result.n))).toEqual(new Set([done]));
  });

  it('takes over where the one under way fails', async () => {
    const started = gate();
    const failing = gate();
    const first = run({ key: 'heir' }, caller, async () => {
      started.open();
      await failing.opened;
      throw new Error('no');
    });
    await started.opened;
    const second: Promise<CommandResult<{ n: number }>> = run({ key: 'heir' });
    failing.open();
    await expect(first).rejects.toThrow('no');
    expect(await second).toMatchObject({ repeated: false });
  });
});

describe('a command without a key', () => {
  it('is done each time', async () => {
    expect(await run({ key: undefined })).toMatchObject({ repeated: false });
    expect(await run({ key: undefined })).toMatchObject({ repeated: false });
  });
});

function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}
