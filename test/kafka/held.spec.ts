import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { anIntent } from '../builders/an-intent.js';
import { inState, inventoryFaults, NO_FAULTS, number } from '../stream/support/look.js';
import { before, Door } from '../stream/support/reacting.js';
import { slotOf } from '../support/flow-connector.js';
import { Flow } from '../support/flow.js';
import { until } from '../support/until.js';

const INTAKE = 'inventoryReservationIntake';
const CONFIRMED = ['order:submitted', 'inventory:reservation_confirmed'];
/** Within which an executor that is not held would have begun to work. */
const SOON_MS = 4_000;
const KEYS_LEFT = `
  SELECT count(*) FROM cdc.snapshot_key k
    JOIN cdc.checkpoint p ON p.executor = k.executor AND p.stream = 'keys:' || k.contract AND p.pos < k.ordinal`;

describe('an executor that is held', () => {
  let flow: Flow;
  let admin: pg.Client;
  let reacted = 0;
  let door: Door | null = null;
  beforeAll(async () => {
    const tuning = before(INTAKE, async (_changes, _tx, react) => {
      reacted += 1;
      await door?.pass();
      await react();
    });
    flow = await Flow.start({ tuning });
    admin = new pg.Client({ connectionString: flow.db.adminUrl });
    await admin.connect();
    await flow.receive('HELD-1', 1000);
  });
  afterAll(async () => {
    await admin.end();
    await flow.dropDatabase();
  });
  const anOrder = () => flow.submit({ lines: [{ sku: 'HELD-1', quantity: 1 }] });
  const pause = () => flow.call('POST', `/ops/consumers/${INTAKE}/pause`);
  const resume = () => flow.call('POST', `/ops/consumers/${INTAKE}/resume`);
  const waitsForLock = () =>
    until('a statement waits for a lock', () =>
      number(
        flow.db,
        `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      ),
    );
  const leavesUndone = async () => {
    await inState(flow, INTAKE, 'PAUSED');
    const order = await anOrder();
    const done = until('it works', async () => (await flow.timeline(order)).length === 2, SOON_MS);
    await expect(done).rejects.toThrow('in vain until it works');
    await resume();
    await flow.expectTimeline(order, CONFIRMED);
  };

  it('does nothing when that was said while it looked up its places', async () => {
    await pause();
    await inState(flow, INTAKE, 'PAUSED');
    await admin.query('BEGIN; LOCK TABLE cdc.checkpoint IN ACCESS EXCLUSIVE MODE');
    await resume();
    await waitsForLock();
    await pause();
    await admin.query('COMMIT');
    await leavesUndone();
  });

  it('does nothing when it could not look after that was said', async () => {
    const role = `"${flow.db.roles.platform}"`;
    await admin.query(
      `BEGIN; UPDATE cdc.consumer SET state = 'PAUSED', held = true WHERE executor = '${INTAKE}';
       REVOKE SELECT ON cdc.consumer FROM ${role}; SELECT pg_notify('${slotOf(flow.db)}_control', 'spec'); COMMIT`,
    );
    await until('it has looked in vain', async () => {
      const answer = await fetch(`${flow.server.url}/metrics`);
      return answer.status !== 200 || !(await answer.text()).includes(`owner_epoch{executor="${INTAKE}"`);
    });
    await admin.query(`GRANT SELECT ON cdc.consumer TO ${role}`);
    await leavesUndone();
  });

  it('goes no further through the keys of a catch-up', async () => {
    const intents = Array.from({ length: 500 }, () => anIntent({ lines: [{ sku: 'HELD-1', quantity: 1 }] }));
    await flow.call('POST', '/order-intents/batch', { intents });
    await flow.expectQuiet();
    door = new Door();
    await admin.query(
      `UPDATE cdc.consumer SET state = 'NEEDS_SNAPSHOT' WHERE executor = '${INTAKE}';
       SELECT pg_notify('${slotOf(flow.db)}_control', 'spec')`,
    );
    await door.arrived;
    reacted = 0;
    const left = () => number(flow.db, KEYS_LEFT);
    const all = await left();
    await pause();
    const leased = `SELECT count(*) FROM pg_stat_activity
                     WHERE datname = current_database() AND application_name = 'orderkeel lease'`;
    await until('it has ended', async () => (await number(flow.db, leased)) === 0);
    door.open();
    door = null;
    await until('the batch at hand is done', async () => (await left()) < all);
    expect(await left()).toBeGreaterThan(0);
    expect(reacted).toBe(0);
    await resume();
    await inState(flow, INTAKE, 'RUNNING');
    await flow.expectQuiet();
    expect(await inventoryFaults(flow.db)).toEqual(NO_FAULTS);
  });

  it('is abandoned in time when its program ends while a batch cannot', async () => {
    await admin.query('BEGIN; SELECT 1 FROM inventory.stock FOR UPDATE');
    await anOrder();
    await waitsForLock();
    await flow.stopProgram();
    await admin.query('ROLLBACK');
  });
});
