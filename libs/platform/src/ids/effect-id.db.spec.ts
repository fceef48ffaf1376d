import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { effectId } from './ids.js';

describe('the id of an effect', () => {
  let db: MigratedDatabase;
  beforeAll(async () => (db = await migratedDatabase()));
  afterAll(() => db.drop());

  it('is the same in the database as in the program, whatever names the effect', async () => {
    const text = fc.string({ unit: 'binary' }).map((any) => any.replaceAll('\0', ''));
    await fc.assert(
      fc.asyncProperty(fc.uuid(), text, text, text, async (cause, executor, kind, ordinal) => {
        const [row] = await db.database.bookkeeping((tx) =>
          tx.query<{ id: string }>('SELECT cdc.effect_id($1, $2, $3, $4) AS id', [cause, executor, kind, ordinal]),
        );
        expect(row?.id).toBe(effectId(cause, executor, kind, ordinal));
      }),
      { numRuns: 200 },
    );
  });
});
