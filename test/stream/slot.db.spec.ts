import { afterEach, describe, expect, it } from '@jest/globals';
import { newId } from '@orderkeel/platform';
import { Flow } from '../support/flow.js';
import { slotOf } from '../support/flow-connector.js';
import type { MigratedDatabase } from '../support/migrated-database.js';
import { until } from '../support/until.js';
import { stopAll } from './support/flows.js';
import { inventoryFaults, NO_FAULTS, number, sql } from './support/look.js';

/** What may happen to a slot while nobody reads it. */
type Accident = (db: MigratedDatabase, slot: string) => Promise<unknown>;

/** The server gives slots up that nobody has read for so long. */
const invalidated: Accident = async (db, slot) => {
  await sql(db, `ALTER SYSTEM SET idle_replication_slot_timeout = '1s'`);
  await sql(db, 'SELECT pg_reload_conf()');
  await until('the server has given the slot up', async () => {
    await sql(db, 'CHECKPOINT');
    return (await number(db, LOST, [slot])) === 1;
  });
  await sql(db, 'ALTER SYSTEM RESET idle_replication_slot_timeout');
  await sql(db, 'SELECT pg_reload_conf()');
};

const LOST = 'SELECT count(*) FROM pg_replication_slots WHERE slot_name = $1 AND invalidation_reason IS NOT NULL';

const statement =
  (text: (slot: string) => string): Accident =>
  (db, slot) =>
    sql(db, text(slot));

const ACCIDENTS: readonly [string, Accident][] = [
  ['given up by the server', invalidated],
  ['dropped', statement((slot) => `SELECT pg_drop_replication_slot('${slot}')`)],
  ['advanced by hand', statement((slot) => `SELECT pg_replication_slot_advance('${slot}', pg_current_wal_lsn())`)],
  [
    'dropped and made anew by hand',
    statement(
      (slot) =>
        `SELECT pg_drop_replication_slot('${slot}'); SELECT pg_create_logical_replication_slot('${slot}', 'pgoutput')`,
    ),
  ],
  ['found on another server', statement(() => `UPDATE cdc.ack SET source_id = 'another/1'`)],
];

describe('a slot that has lost changes', () => {
  let flows: Flow[] = [];
  const start = async () => {
    const flow = await Flow.start(flows[0] ? { on: flows[0].db } : {});
    flows.push(flow);
    return flow;
  };
  afterEach(async () => {
    await stopAll(flows);
    flows = [];
  });
  const atRest = async (flow: Flow) => {
    await flow.expectQuiet();
  };

  it.each(ACCIDENTS)('because it was %s is noticed, and the tables are read again', async (_name, accident) => {
    const first = await start();
    await first.receive('SLOT-1', 5);
    await first.submit({ lines: [{ sku: 'SLOT-1', quantity: 1 }] });
    await atRest(first);
    await first.stopProgram();
    // Committed while nobody reads: only the slot would have told.
    await first.db.database.command('order', { tenantId: null, actor: 'test' }, (tx) =>
      tx.execute(
        `INSERT INTO "order".order_intent (id, order_id, source_system, order_intent_id, customer_ref, line_items, totals,
            content_hash, submitted_at, received_at, updated_at)
         SELECT $1, $2, source_system, 'unread', customer_ref, line_items, totals,
                content_hash, submitted_at, received_at, updated_at FROM "order".order_intent LIMIT 1`,
        [newId(Date.now()), newId(Date.now())],
      ),
    );
    await until('the slot is free', async () => (await number(first.db, ACTIVE, [slotOf(first.db)])) === 0);
    await accident(first.db, slotOf(first.db));
    const second = await start();
    await atRest(second);
    expect(await number(second.db, `SELECT count(*) FROM "order".order_intent WHERE state = 'received'`)).toBe(0);
    expect(await number(second.db, 'SELECT count(*) FROM inventory.order_reservation')).toBe(2);
    expect(await inventoryFaults(second.db)).toEqual(NO_FAULTS);
  });
});

const ACTIVE = 'SELECT count(*) FROM pg_replication_slots WHERE slot_name = $1 AND active';
