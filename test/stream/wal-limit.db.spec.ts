import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { anIntent } from '../builders/an-intent.js';
import pg from 'pg';
import { announceExecutors } from '../../libs/platform/src/reaction/executors-at-hand.store.js';
import { Flow } from '../support/flow.js';
import { until } from '../support/until.js';
import { consumer, inState, inventoryFaults, NO_FAULTS, number, slotOn, sql } from './support/look.js';
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

  /** Writes WAL that no executor hears of. */
  const foreignWal = (megabytes: number) =>
    sql(flow.db, `SELECT pg_logical_emit_message(false, 'spec', repeat('x', 1000000)) FROM generate_series(1, $1)`, [
      megabytes,
    ]);

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

  it('holds for an executor that nobody runs, which is retired once no program has its code', async () => {
    flow = await Flow.start();
    await flow.stopProgram();
    await sql(
      flow.db,
      `INSERT INTO cdc.consumer (executor, module, module_enabled, executor_enabled, state, handler_version, state_since)
       VALUES ('removed', 'inventory', true, true, 'RUNNING', 1, now());
       INSERT INTO cdc.checkpoint (executor, stream, part, module, pos_kind, pos, source_id, updated_at)
       SELECT 'removed', slot, 0, 'inventory', 'lsn', acked_upto, source_id, now() FROM cdc.ack`,
    );
    const standby = new pg.Client({ connectionString: flow.db.replicationUrl });
    await standby.connect();
    await announceExecutors(standby, ['removed']);
    flow = await Flow.start({ on: flow.db, tuning: { maxRetainedBytes: 3_000_000n } });
    await foreignWal(6);
    expect(await inState(flow, 'removed', 'NEEDS_SNAPSHOT')).toMatchObject({ reason: 'it held back too much WAL' });
    await until('the slot moves on', async () => (await slotOn(flow.db)).retained < 3_000_000);
    await standby.end();
    await flow.stopProgram();
    flow = await Flow.start({ on: flow.db });
    expect(await consumer(flow, 'removed')).toMatchObject({ state: 'DISABLED', reason: 'no program is built with it' });
  });
});

function lsn(position: bigint): string {
  return `${(position >> 32n).toString(16)}/${(position & 0xffffffffn).toString(16)}`;
}
