import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';

describe('an installed database', () => {
  let db: MigratedDatabase;
  beforeAll(async () => {
    db = await migratedDatabase();
  });
  afterAll(() => db.drop());

  it('lets a module take its role and append its own words', async () => {
    const words = await db.database.command('order', { tenantId: null, actor: 'test' }, (tx) =>
      tx.query<{ n: number }>('SELECT count(*) AS n FROM "order".status_vocabulary WHERE writer = current_user'),
    );
    expect(words[0]!.n).toBeGreaterThan(3);
  });
});
