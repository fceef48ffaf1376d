import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ModuleTx } from '@orderkeel/platform';
import { newId } from '@orderkeel/platform';
import { builtDeclarations } from '../../apps/server/src/built-modules.js';
import { migratedDatabase, type MigratedDatabase } from '../support/migrated-database.js';

const ORDER = '01a1fd4b-7c4d-8000-8000-000000000002';
const words = builtDeclarations.flatMap(({ name, vocabulary }) =>
  vocabulary.map(({ code }) => ({ module: name, code })),
);
const writers = builtDeclarations.filter(({ vocabulary }) => vocabulary.length > 0).map(({ name }) => name);
const pairs = writers.flatMap((writer) => words.map(({ module, code }) => ({ writer, code, own: module === writer })));

function append(tx: ModuleTx, code: string, id: string): Promise<number> {
  return tx.execute(
    `INSERT INTO "order".order_status_history (id, order_id, module, status_code, recorded_at, written_by)
     VALUES ($1, $2, split_part($3, ':', 1), $3, now(), 'spec')`,
    [id, ORDER, code],
  );
}

describe('the status history', () => {
  let db: MigratedDatabase;
  beforeAll(async () => {
    db = await migratedDatabase();
  });
  afterAll(() => db.drop());

  it.each(pairs.filter(({ own }) => own))('takes $code from $writer', async ({ writer, code }) => {
    await expect(db.database.batch(writer, 'spec', (tx) => append(tx, code, newId(Date.now())))).resolves.toBe(1);
  });

  it.each(pairs.filter(({ own }) => !own))('refuses $code from $writer', async ({ writer, code }) => {
    const write = db.database.batch(writer, 'spec', (tx) => append(tx, code, newId(Date.now())));
    await expect(write).rejects.toMatchObject({ code: '42501' });
  });

  it.each(writers)('refuses a word that nobody has, from %s', async (writer) => {
    const write = db.database.batch(writer, 'spec', (tx) => append(tx, 'order:invented', newId(Date.now())));
    await expect(write).rejects.toMatchObject({ code: '42501' });
  });

  it('cannot be entered by a partition, around its policies', async () => {
    const leaf = `order_status_history_${new Date().toISOString().slice(0, 7).replace('-', '_')}`;
    const write = db.database.batch('inventory', 'spec', (tx) =>
      tx.execute(`INSERT INTO "order".${leaf} (id, order_id, module, status_code, recorded_at, written_by)
                  VALUES ('${newId(Date.now())}', '${ORDER}', 'order', 'order:submitted', now(), 'spec')`),
    );
    await expect(write).rejects.toMatchObject({ code: '42501' });
  });

  it('is closed by who wrote the entry, and by nobody else', async () => {
    const id = newId(Date.now());
    await db.database.batch('order', 'spec', (tx) => append(tx, 'order:submitted', id));
    const close = (writer: string) =>
      db.database.batch(writer, 'spec', (tx) =>
        tx.execute(
          'INSERT INTO "order".status_closing (entry_id, closing_entry_id, order_id, closed_at) VALUES ($1, $2, $3, now())',
          [id, newId(Date.now()), ORDER],
        ),
      );
    await expect(close('inventory')).rejects.toMatchObject({ code: '42501' });
    await expect(close('order')).resolves.toBe(1);
    await expect(close('order')).rejects.toMatchObject({ code: '23505' });
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
