import { afterEach, describe, expect, it } from '@jest/globals';
import { Flow, type FlowOptions } from '../support/flow.js';
import { stopAll } from './support/flows.js';
import { inventoryFaults, NO_FAULTS, number, sql } from './support/look.js';

const INTAKE = 'inventoryReservationIntake';

describe('the lanes of an executor', () => {
  let flows: Flow[] = [];
  const start = async (options: FlowOptions = {}) => {
    const flow = await Flow.start({ ...options, ...(flows[0] && { on: flows[0].db }) });
    flows.push(flow);
    return flow;
  };
  afterEach(async () => {
    await stopAll(flows);
    flows = [];
  });
  const lanes = (flow: Flow) => number(flow.db, `SELECT count(*) FROM cdc.checkpoint WHERE executor = '${INTAKE}'`);
  const atRest = async (flow: Flow) => {
    await flow.expectQuiet();
  };
  const orders = (flow: Flow, count: number) =>
    Promise.all(Array.from({ length: count }, () => flow.submit({ lines: [{ sku: 'LANE-1', quantity: 1 }] })));

  it('are as many as configured, also when the number changes between two starts', async () => {
    const one = await start({ lanes: 1 });
    await one.receive('LANE-1', 100);
    await orders(one, 20);
    await atRest(one);
    await one.stopProgram();
    const four = await start({ lanes: 4 });
    await four.expectQuiet();
    expect(await lanes(four)).toBe(4);
    await orders(four, 40);
    await atRest(four);
    expect(
      await number(four.db, `SELECT count(*) FROM cdc.checkpoint WHERE executor = '${INTAKE}' AND batches > 0`),
    ).toBeGreaterThan(1);
    await four.stopProgram();
    const two = await start({ lanes: 2 });
    await two.expectQuiet();
    expect(await lanes(two)).toBe(2);
    await orders(two, 20);
    await atRest(two);
    expect(await number(two.db, 'SELECT count(*) FROM inventory.order_reservation')).toBe(80);
    expect(await inventoryFaults(two.db)).toEqual(NO_FAULTS);
  });

  it('keep their number while one of them is behind', async () => {
    const four = await start({ lanes: 4 });
    await orders(four, 20);
    await atRest(four);
    await four.stopProgram();
    await sql(four.db, `UPDATE cdc.checkpoint SET pos = pos - 1 WHERE executor = '${INTAKE}' AND part = 2`);
    const two = await start({ lanes: 2 });
    await two.expectQuiet();
    expect(await lanes(two)).toBe(4);
    await orders(two, 20);
    await atRest(two);
    expect(await inventoryFaults(two.db)).toEqual(NO_FAULTS);
  });
});
