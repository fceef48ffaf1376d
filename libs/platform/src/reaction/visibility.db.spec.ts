import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { anIntent } from '../../../../test/builders/an-intent.js';
import { applicationOn, type TestApplication } from '../../../../test/support/application.js';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { newId } from '../ids/ids.js';
import { onConnection } from '../postgres/admin-connection.js';
import { ReactionRun } from '../../../../test/support/reaction-run.js';
import { until } from '../../../../test/support/until.js';

const INSERT = `
  INSERT INTO "order".order_intent (id, order_id, source_system, order_intent_id, customer_ref, line_items, totals,
    content_hash, submitted_at, received_at, updated_at)
  VALUES ($3, $4, 'channel.test', 'unseen', 'c', $1, $2, 'hash', now(), now(), now())
  RETURNING order_id AS "orderId", (pg_current_xact_id()::text::bigint & 4294967295)::text AS xid`;

describe('a commit that the stream tells of before anybody can see it', () => {
  let db: MigratedDatabase;
  let app: TestApplication;
  let writer: pg.Client;
  beforeAll(async () => {
    db = await migratedDatabase();
    app = await applicationOn(db);
    writer = new pg.Client({ connectionString: db.adminUrl });
    await writer.connect();
  });
  afterAll(async () => {
    await writer.end();
    await app.close();
    await db.drop();
  });

  it('is waited for, so that its row is not taken for missing', async () => {
    const { lineItems, totals } = anIntent({ lines: [{ quantity: '6' }] }) as { lineItems: unknown; totals: object };
    await writer.query('BEGIN');
    const { rows } = await writer.query<{ orderId: string; xid: string }>(INSERT, [
      JSON.stringify(lineItems),
      JSON.stringify({ ...totals, total: 1530 }),
      newId(Date.now()),
      newId(Date.now()),
    ]);
    const { orderId, xid } = rows[0]!;
    const run = new ReactionRun(db, app.executor('orderIntentIngestor'));
    const batch = run.apply([{ key: orderId }], [Number(xid)]);
    await onConnection(db.adminUrl, (admin) =>
      until('the batch looks for the transaction', async () => {
        const { rowCount } = await admin.query(
          `SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_visible_in_snapshot%' AND pid <> pg_backend_pid()`,
        );
        return rowCount === 1;
      }),
    );
    await writer.query('COMMIT');
    await batch;
    const found = await db.database.read({ tenantId: null }, (tx) =>
      tx.query(
        `SELECT i.state, r.reasons FROM "order".order_intent i LEFT JOIN "order".intent_rejection r ON r.intent_id = i.id`,
      ),
    );
    expect(found).toEqual([{ state: 'accepted', reasons: null }]);
  });
});
