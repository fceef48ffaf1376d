import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ModuleTx } from '@orderkeel/platform';
import { newId } from '@orderkeel/platform';
import { builtDeclarations } from '../../apps/server/src/built-modules.js';
import { aStoredOrder } from '../builders/a-stored-order.js';
import { migratedDatabase, type MigratedDatabase } from '../support/migrated-database.js';

const TENANT = '01a1fd4b-7c4d-8000-8000-00000000000a';
const OTHER_TENANT = '01a1fd4b-7c4d-8000-8000-00000000000b';
const NO_ORDER = '01a1fd4b-7c4d-8000-8000-00000000dead';
const words = builtDeclarations.flatMap(({ name, vocabulary }) =>
  vocabulary.map(({ code }) => ({ module: name, code })),
);
const writers = builtDeclarations.filter(({ vocabulary }) => vocabulary.length > 0).map(({ name }) => name);
const pairs = writers.flatMap((writer) => words.map(({ module, code }) => ({ writer, code, own: module === writer })));

interface Entry {
  readonly orderId: string;
  readonly code: string;
  readonly tenantId?: string | null;
}

function append(tx: ModuleTx, { orderId, code, tenantId = null }: Entry, id = newId(Date.now())): Promise<number> {
  return tx.execute(
    `INSERT INTO "order".order_status_history (id, order_id, tenant_id, module, status_code, recorded_at, written_by)
     VALUES ($1, $2, $3, split_part($4, ':', 1), $4, now(), 'spec')`,
    [id, orderId, tenantId, code],
  );
}

const foreign = pairs.filter(({ own }) => !own);

const refusals = `${foreign.length} words refused to who does not own them`;

describe(`the status history: ${refusals} (${writers.length} writers, ${words.length} words)`, () => {
  let db: MigratedDatabase;
  let shared: string;
  let tenants: string;
  beforeAll(async () => {
    db = await migratedDatabase();
    shared = (await aStoredOrder(db)).orderId;
    tenants = (await aStoredOrder(db, TENANT)).orderId;
  });
  afterAll(() => db.drop());

  const write = (writer: string, entry: Entry, id?: string) =>
    db.database.batch(writer, 'spec', (tx) => append(tx, entry, id));

  it.each(pairs.filter(({ own }) => own))('takes $code from $writer', async ({ writer, code }) => {
    await expect(write(writer, { orderId: shared, code })).resolves.toBe(1);
  });

  it.each(foreign)('refuses $code from $writer', async ({ writer, code }) => {
    await expect(write(writer, { orderId: shared, code })).rejects.toMatchObject({ code: '42501' });
  });

  it.each(writers)('refuses a word that nobody has, from %s', async (writer) => {
    await expect(write(writer, { orderId: shared, code: 'order:invented' })).rejects.toMatchObject({ code: '42501' });
  });

  it.each(pairs.filter(({ own }) => own))(
    "takes $code from $writer for its order's tenant only",
    async ({ writer, code }) => {
      await expect(write(writer, { orderId: tenants, code, tenantId: TENANT })).resolves.toBe(1);
      const others = [
        { orderId: tenants, tenantId: OTHER_TENANT },
        { orderId: tenants, tenantId: null },
        { orderId: shared, tenantId: TENANT },
        { orderId: NO_ORDER, tenantId: null },
      ];
      for (const other of others)
        await expect(write(writer, { ...other, code })).rejects.toMatchObject({ code: '42501' });
    },
  );

  it('cannot be entered by a partition, around its policies', async () => {
    const leaf = `order_status_history_${new Date().toISOString().slice(0, 7).replace('-', '_')}`;
    const around = db.database.batch('inventory', 'spec', (tx) =>
      tx.execute(`INSERT INTO "order".${leaf} (id, order_id, module, status_code, recorded_at, written_by)
                  VALUES ('${newId(Date.now())}', '${shared}', 'order', 'order:submitted', now(), 'spec')`),
    );
    await expect(around).rejects.toMatchObject({ code: '42501' });
  });

  describe('is closed', () => {
    const close = (writer: string, entryId: string, orderId: string, tenantId: string | null = null) =>
      db.database.batch(writer, 'spec', (tx) =>
        tx.execute(
          `INSERT INTO "order".status_closing (entry_id, closing_entry_id, order_id, tenant_id, closed_at)
           VALUES ($1, $2, $3, $4, now())`,
          [entryId, newId(Date.now()), orderId, tenantId],
        ),
      );

    it('by who wrote the entry, by order, and by nobody else', async () => {
      const [orders, inventorys] = [newId(Date.now()), newId(Date.now())];
      await write('order', { orderId: shared, code: 'order:submitted' }, orders);
      await write('inventory', { orderId: shared, code: 'inventory:reservation_confirmed' }, inventorys);
      await expect(close('inventory', orders, shared)).rejects.toMatchObject({ code: '42501' });
      await expect(close('inventory', inventorys, shared)).resolves.toBe(1);
      await expect(close('order', inventorys, shared)).rejects.toMatchObject({ code: '23505' });
      await expect(close('order', orders, shared)).resolves.toBe(1);
    });

    it.each(writers)("by %s as an entry of its order and its order's tenant only", async (writer) => {
      const entryId = newId(Date.now());
      const { code } = pairs.find((pair) => pair.own && pair.writer === writer)!;
      await write(writer, { orderId: tenants, code, tenantId: TENANT }, entryId);
      await expect(close(writer, entryId, shared)).rejects.toMatchObject({ code: '42501' });
      await expect(close(writer, entryId, tenants)).rejects.toMatchObject({ code: '42501' });
      await expect(close(writer, entryId, tenants, OTHER_TENANT)).rejects.toMatchObject({ code: '42501' });
      await expect(close(writer, entryId, tenants, TENANT)).resolves.toBe(1);
    });
  });
});

describe('the bookkeeping of the change stream', () => {
  let db: MigratedDatabase;
  beforeAll(async () => {
    db = await migratedDatabase();
  });
  afterAll(() => db.drop());

  it('keeps each module to its own rows', async () => {
    await db.database.bookkeeping((tx) =>
      tx.execute(
        `INSERT INTO cdc.checkpoint (executor, stream, part, module, pos_kind, pos, source_id, updated_at)
         VALUES ('orderIntentIngestor', 'spec', 0, 'order', 'lsn', 1, 'spec', now())`,
      ),
    );
    const move = (module: string) =>
      db.database.batch(module, 'spec', (tx) =>
        tx.execute(`UPDATE cdc.checkpoint SET pos = pos + 1 WHERE stream = 'spec'`),
      );
    expect(await move('inventory')).toBe(0);
    expect(await move('order')).toBe(1);
  });
});
