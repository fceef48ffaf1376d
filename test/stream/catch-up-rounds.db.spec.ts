import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anIntent } from '../builders/an-intent.js';
import { Flow, type FlowOptions } from '../support/flow.js';
import { until } from '../support/until.js';
import { stopAll } from './support/flows.js';
import { consumer, inState, inventoryFaults, NO_FAULTS, sql } from './support/look.js';
import { before, Door, failure } from './support/reacting.js';

const INTAKE = 'inventoryReservationIntake';
/** Those that have caught up restart the stream, which would cut a round short by itself. */
const OTHERS = ['inventoryReservationProjector', 'inventoryStockMetricsUpdater'];
const ORDERS = 600;
const WITHOUT_INVENTORY = { ORDERKEEL_MODULES: 'none' };
const WITH_INVENTORY = { ORDERKEEL_MODULES: 'inventory' };
const LIMIT_BYTES = 20_000_000n;

/** Batches from this number on wait at a door, and come to nothing behind it where the program is about to be killed. */
interface Held {
  readonly door: Door;
  readonly nth: number;
  readonly andFails?: boolean;
}

describe('a catch-up that takes more than one round', () => {
  let flows: Flow[] = [];
  let first = '';
  const start = async (options: FlowOptions) => {
    const flow = await Flow.start({ ...options, ...(flows[0] && { on: flows[0].db }) });
    flows.push(flow);
    return flow;
  };

  /** Starts a program with this one executor of inventory, whose batches are kept in `batches`. */
  const startKept = (batches: string[][], held?: Held) =>
    start({
      variables: WITH_INVENTORY,
      disabled: OTHERS,
      running: false,
      tuning: {
        maxRetainedBytes: LIMIT_BYTES,
        ...before(INTAKE, async (changes, _tx, react) => {
          batches.push(changes.map((change) => change.key));
          if (held && batches.length >= held.nth) {
            await held.door.pass();
            if (held.andFails) throw failure('40001');
          }
          await react();
        }),
      },
    });
  const stopBehind = async (flow: Flow, door: Door) => {
    const stopping = flow.stopProgram();
    door.open();
    await stopping;
  };
  const atRest = async (flow: Flow) => {
    for (let hop = 0; hop < 4; hop += 1) await flow.expectQuiet();
  };

  beforeEach(async () => {
    const early = await start({ variables: WITHOUT_INVENTORY });
    first = await early.submit({ lines: [{ sku: 'LATE-1', quantity: 1 }] });
    await early.expectQuiet();
    const intents = Array.from({ length: ORDERS - 1 }, () => anIntent({ lines: [{ sku: 'LATE-1', quantity: 1 }] }));
    expect((await early.call('POST', '/order-intents/batch', { intents })).status).toBe(200);
    await early.expectQuiet();
    await early.stopProgram();
  });
  afterEach(async () => {
    await stopAll(flows);
    flows = [];
  });

  it('looks again only at what has changed, when it was cut short by the limit of the WAL that it holds', async () => {
    const door = new Door();
    const batches: string[][] = [];
    const late = await startKept(batches, { door, nth: 2 });
    await door.arrived;
    const worked = [...batches[0]!];
    expect({ some: worked.length > 1, theFirst: worked.includes(first) }).toEqual({ some: true, theFirst: true });
    expect(await consumer(late, INTAKE)).toMatchObject({ snapshotKeysLeft: ORDERS - worked.length });
    expect((await late.cancel(first)).status).toBe(200);
    await sql(
      late.db,
      `SELECT pg_logical_emit_message(false, 'spec', repeat('x', 1000000), true) FROM generate_series(1, 40)`,
    );
    expect(await inState(late, INTAKE, 'NEEDS_SNAPSHOT')).toMatchObject({ reason: 'it held back too much WAL' });
    door.open();
    await inState(late, INTAKE, 'RUNNING');
    await atRest(late);
    const again = batches.slice(1).flat();
    expect(again.filter((key) => worked.includes(key))).toEqual([first]);
    expect(await late.timeline(first)).toContain('inventory:reservation_cancelled');
    expect(await inventoryFaults(late.db)).toEqual(NO_FAULTS);
  });

  it('looks at a change once, also when it is killed behind the copying of the keys', async () => {
    const firstRound: string[][] = [];
    const half = new Door();
    const halfWay = await startKept(firstRound, { door: half, nth: 2, andFails: true });
    await half.arrived;
    const worked = [...firstRound[0]!];
    await stopBehind(halfWay, half);
    const off = await start({ variables: WITHOUT_INVENTORY });
    expect((await off.cancel(first)).status).toBe(200);
    await off.expectQuiet();
    await off.stopProgram();
    const secondRound: string[][] = [];
    const copied = new Door();
    const killed = await startKept(secondRound, { door: copied, nth: 1, andFails: true });
    await until('the keys are copied and one batch has begun', () => secondRound.length > 0, 60_000);
    await stopBehind(killed, copied);
    await sql(
      killed.db,
      `UPDATE cdc.consumer SET state = 'ONBOARDING', snapshot_pos = NULL WHERE executor = '${INTAKE}'`,
    );
    const again = await startKept(secondRound);
    await inState(again, INTAKE, 'RUNNING');
    await atRest(again);
    expect(secondRound.flat().filter((key) => worked.includes(key))).toEqual([first]);
    expect(await again.timeline(first)).toContain('inventory:reservation_cancelled');
    expect(await inventoryFaults(again.db)).toEqual(NO_FAULTS);
  });
});
