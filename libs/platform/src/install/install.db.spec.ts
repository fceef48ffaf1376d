import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { onConnection } from '../postgres/admin-connection.js';

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

  it('lets the login that hears of changes read the rows that were there before, of published tables', async () => {
    await onConnection(db.replicationUrl, async (reader) => {
      const published = await reader.query<{ name: string }>(
        `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_publication_tables`,
      );
      expect(published.rows.length).toBeGreaterThan(5);
      for (const { name } of published.rows) await reader.query(`SELECT FROM ${name} LIMIT 1`);
      await expect(reader.query('SELECT FROM cdc.checkpoint')).rejects.toMatchObject({ code: '42501' });
    });
  });
});
