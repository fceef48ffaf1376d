import { afterEach, describe, expect, it } from '@jest/globals';
import { Flow } from '../support/flow.js';
import { until } from '../support/until.js';
import { inventoryFaults, metric, NO_FAULTS } from './support/look.js';
import { before, both, failure, type Search, watchSearches } from './support/reacting.js';

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
    for (let hop = 0; hop < 4; hop += 1) await flow.expectQuiet();
    expect(await metric(flow, 'orderkeel_cdc_sweep_repaired_total')).toBe(0);
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
