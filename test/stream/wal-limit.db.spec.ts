import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { anIntent } from '../builders/an-intent.js';
import { Flow } from '../support/flow.js';
import { until } from '../support/until.js';
import { inventoryFaults, NO_FAULTS, number, slotOn, sql } from './support/look.js';
import { before, Door } from './support/reacting.js';

const INGESTOR = 'orderIntentIngestor';
const INTENTS = 24;
/** So much of the stream waits in an executor's lanes before it is held back. */
const HELD_BACK_BYTES = 16 * 1024 * 1024;
const LIMIT_BYTES = 40_000_000;

describe('the limit of the WAL that an executor holds back', () => {
  let flow: Flow;
  afterEach(async () => {
    await flow.stopProgram();
    await flow.dropDatabase();
  });

  /** Writes WAL that no executor hears of, to disk: what only waits in buffers is not yet held by a slot. */
  const foreignWal = (megabytes: number) =>
    sql(
      flow.db,
      `SELECT pg_logical_emit_message(false, 'spec', repeat('x', 1000000), true) FROM generate_series(1, $1)`,
      [megabytes],
    );

  it('also ends the wait for an executor that hangs, with the stream held back behind it', async () => {
    const door = new Door();
    flow = await Flow.start({
      tuning: {
        maxRetainedBytes: BigInt(LIMIT_BYTES),
        ...before(INGESTOR, async (_changes, _tx, react) => {
          await door.pass();
          await react();
        }),
      },
    });
    const heldAt = (await slotOn(flow.db)).confirmed;
    for (let sent = 0; sent < INTENTS; sent += 1) {
      const intent = anIntent({ fields: { metadata: { large: randomBytes(390_000).toString('hex') } } });
      expect((await flow.call('POST', '/order-intents', intent)).status).toBe(202);
    }
    await door.arrived;
    const written = await number(flow.db, `SELECT pg_current_wal_lsn() - $1::pg_lsn`, [lsn(heldAt)]);
    expect({ heldBack: written > HELD_BACK_BYTES, withinTheLimit: written < LIMIT_BYTES }).toEqual({
      heldBack: true,
      withinTheLimit: true,
    });
    await foreignWal(60);
    await until(
      'the slot lets go of what was written',
      async () => (await slotOn(flow.db)).retained < LIMIT_BYTES,
      60_000,
    );
    door.open();
    for (let hop = 0; hop < 4; hop += 1) await flow.expectQuiet();
    expect(await number(flow.db, 'SELECT count(*) FROM "order"."order"')).toBe(INTENTS);
    expect(await inventoryFaults(flow.db)).toEqual(NO_FAULTS);
  });

  it('also sends away executors whose code is gone, which do not show in lag and health', async () => {
    flow = await Flow.start();
    await flow.stopProgram();
    await sql(
      flow.db,
      `INSERT INTO cdc.consumer (executor, module, module_enabled, executor_enabled, state, held, reason, handler_version,
                                 floor_pos, state_since)
       SELECT 'removed' || state, 'inventory', true, true, state, state = 'PAUSED', CASE state WHEN 'PAUSED' THEN 'by hand' END,
              1, CASE WHEN state IN ('ONBOARDING', 'SNAPSHOTTING') THEN acked_upto END, now()
         FROM cdc.ack, unnest(ARRAY['RUNNING', 'PAUSED', 'NEEDS_SNAPSHOT', 'ONBOARDING', 'SNAPSHOTTING']) AS state;
       INSERT INTO cdc.checkpoint (executor, stream, part, module, pos_kind, pos, source_id, updated_at)
       SELECT executor, slot, 0, 'inventory', 'lsn', acked_upto, source_id, now()
         FROM cdc.ack, cdc.consumer WHERE executor LIKE 'removed%'`,
    );
    await foreignWal(6);
    expect((await slotOn(flow.db)).retained).toBeGreaterThan(3_000_000);
    flow = await Flow.start({ on: flow.db, tuning: { maxRetainedBytes: 3_000_000n } });
    await until('the slot moves on', async () => (await slotOn(flow.db)).retained < 3_000_000, 60_000);
    expect(
      await sql(
        flow.db,
        `SELECT DISTINCT state, held, reason FROM cdc.consumer WHERE executor LIKE 'removed%' ORDER BY held, reason`,
      ),
    ).toEqual([
      { state: 'NEEDS_SNAPSHOT', held: false, reason: 'it held back too much WAL' },
      { state: 'NEEDS_SNAPSHOT', held: false, reason: null },
      { state: 'NEEDS_SNAPSHOT', held: true, reason: 'by hand' },
    ]);
    await flow.expectRunning();
    await flow.expectQuiet();
    for (const health of ['ready', 'live']) expect((await flow.call('GET', `/health/${health}`)).status).toBe(200);
    expect((await flow.call('POST', '/ops/consumers/removedPAUSED/resume')).status).toBe(404);
  });
});

function lsn(position: bigint): string {
  return `${(position >> 32n).toString(16)}/${(position & 0xffffffffn).toString(16)}`;
}
