import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { anIntent } from '../builders/an-intent.js';
import { Flow } from '../support/flow.js';
import { until } from '../support/until.js';
import { inventoryFaults, metric, NO_FAULTS, number } from './support/look.js';
import { before, both, Door, failure, type Search, watchSearches } from './support/reacting.js';

/** More than the lanes take before they hold the stream back. */
const HOLDS_BACK_BYTES = 18_000_000;

const OFTEN = { sweep: { everyMs: 300, graceMs: 0 } };

/** A reaction that loses its first batch, as a bug would. */
function forgetful(executor: string) {
  let lost = false;
  return before(executor, async (_changes, _tx, react) => {
    if (lost) await react();
    lost = true;
  });
}

const INTAKE = 'inventoryReservationIntake';
const BEGINNING = '1970-01-01T00:00:00';

describe('the sweep', () => {
  let flow: Flow;
  afterEach(() => flow.stop());

  it.each([
    ['orderIntentIngestor', ['order:submitted', 'inventory:reservation_backordered']],
    [INTAKE, ['order:submitted', 'inventory:reservation_backordered']],
  ])('does what %s has lost, and says that it was lost', async (executor, codes) => {
    flow = await Flow.start({ tuning: { ...forgetful(executor), ...OFTEN } });
    const order = await flow.submit({ lines: [{ sku: 'SWEEP-1', quantity: 1 }] });
    await flow.expectTimeline(order, codes);
    // Without any grace the next hop's sweep may be quicker than its change event, and counts as well.
    expect(await metric(flow, 'orderkeel_cdc_sweep_repaired_total')).toBeGreaterThanOrEqual(1);
    expect(await inventoryFaults(flow.db)).toEqual(NO_FAULTS);
  });

  it('finds nothing where nothing was lost', async () => {
    flow = await Flow.start({ tuning: { sweep: { everyMs: 50, graceMs: 2_000 } } });
    for (let round = 0; round < 10; round += 1) {
      const submitting = Array.from({ length: 10 }, () => flow.submit({ lines: [{ sku: 'SWEEP-2', quantity: 1 }] }));
      const [order] = await Promise.all(submitting);
      await flow.cancel(order!);
    }
    await flow.expectQuiet();
    expect(await metric(flow, 'orderkeel_cdc_sweep_repaired_total')).toBe(0);
    expect(await inventoryFaults(flow.db)).toEqual(NO_FAULTS);
  });

  it('takes nothing for lost that a stream which is held back has not delivered', async () => {
    const door = new Door();
    let shut = false;
    const waiting = before('orderIntentIngestor', async (_changes, _tx, react) => {
      if (shut) await door.pass();
      await react();
    });
    flow = await Flow.start({ tuning: { ...waiting, sweep: { everyMs: 200, graceMs: 2_000 } } });
    const order = await flow.submit({ lines: [{ sku: 'SWEEP-4', quantity: 1 }] });
    await flow.expectTimeline(order, ['order:submitted', 'inventory:reservation_backordered']);
    shut = true;
    const large = () => anIntent({ fields: { metadata: { large: randomBytes(390_000).toString('hex') } } });
    for (let bytes = 0; bytes < HOLDS_BACK_BYTES; bytes += 780_000) await flow.call('POST', '/order-intents', large());
    await flow.cancel(order);
    const age = `SELECT extract(epoch FROM clock_timestamp() - updated_at) FROM "order"."order" WHERE order_id = $1`;
    await until('many sweeps should have come upon it', async () => (await number(flow.db, age, [order])) > 6);
    expect(await metric(flow, 'orderkeel_cdc_sweep_repaired_total')).toBe(0);
    door.open();
    await flow.expectQuiet();
    expect(await inventoryFaults(flow.db)).toEqual(NO_FAULTS);
  });

  it('looks at all once, and then at what has changed since nothing was missing', async () => {
    const searches: Search[] = [];
    let lost = false;
    let broken = true;
    const failing = before(INTAKE, async (_changes, _tx, react) => {
      if (lost && broken) throw failure('22000');
      if (lost) await react();
      lost = true;
    });
    flow = await Flow.start({ tuning: { ...both(failing, watchSearches(INTAKE, searches)), ...OFTEN } });
    await until('nothing was missing twice', () => searches.length > 2);
    expect(searches[0]).toEqual({ from: expect.stringContaining(BEGINNING), found: 0 });
    const order = await flow.submit({ lines: [{ sku: 'SWEEP-3', quantity: 1 }] });
    const findings = () => searches.filter(({ found }) => found === 1);
    await until('it has found the order three times', () => findings().length >= 3);
    const [first, , third] = findings();
    expect(first!.from).not.toContain(BEGINNING);
    expect(third!.from).toBe(first!.from);
    broken = false;
    await flow.expectTimeline(order, ['order:submitted', 'inventory:reservation_backordered']);
    await until('it goes on from there', () => searches.at(-1)!.from > first!.from);
  });
});
