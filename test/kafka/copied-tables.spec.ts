import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { capturedUpToNow } from '../../libs/platform/src/kafka-source/captured.js';
import { testBroker } from '../../libs/platform/src/kafka-source/testing/test-broker.js';
import { aStoredOrder } from '../builders/a-stored-order.js';
import { number, sql } from '../stream/support/look.js';
import { endCapture, flowStack, slotOf } from '../support/flow-connector.js';
import { migratedDatabase, type MigratedDatabase } from '../support/migrated-database.js';
import { until } from '../support/until.js';
import { MovedConnector } from './moved-connector.js';

/** A copy without the row would be over by then; Debezium waits for it otherwise. */
const COPY_MS = 8_000;

describe('the tables that Debezium copies to the topics', () => {
  let db: MigratedDatabase;
  let folder: string;
  beforeEach(async () => {
    db = await migratedDatabase();
    folder = await mkdtemp(join(tmpdir(), 'orderkeel-copied-'));
  });
  afterEach(async () => {
    await synchronously(null);
    await endCapture(db);
    await db.drop();
    await rm(folder, { recursive: true });
  });

  /** With a standby that does not exist, commits are flushed to the log, and visible to nobody until it is given up. */
  const synchronously = async (standby: string | null) => {
    await sql(
      db,
      `ALTER SYSTEM ${standby === null ? 'RESET synchronous_standby_names' : `SET synchronous_standby_names = ${standby}`}`,
    );
    await sql(db, 'SELECT pg_reload_conf()');
  };
  const waiting = () => number(db, `SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'`);

  it('have what was being committed when the copy began, where others have read the slot before', async () => {
    await sql(db, `SELECT pg_create_logical_replication_slot($1, 'pgoutput')`, [slotOf(db)]);
    const connector = await MovedConnector.of(folder, db);
    await synchronously('nobody');
    const storing = aStoredOrder(db);
    await until('a commit is flushed and not visible', async () => (await waiting()) === 1);
    const copying = connector.register();
    await Promise.race([copying, delay(COPY_MS)]);
    await synchronously(null);
    const { intentId } = await storing;
    await copying;
    // Debezium reads the slot already while its copy is still on its way to the broker.
    await until('the copy is in the topics', () => capturedUpToNow(db.database, slotOf(db)));
    const broker = await testBroker(flowStack()!.brokers);
    const records = await broker.read(`${slotOf(db)}.order.order_intent`);
    await broker.close();
    expect(records.map(({ value }) => (JSON.parse(value!) as { after: { id: string } }).after.id)).toEqual([intentId]);
  });
});
