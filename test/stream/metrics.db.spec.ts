import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Flow } from '../support/flow.js';
import { metric } from './support/look.js';

/** Names that people's dashboards and alerts rest on (reliability 3.12), as far as the embedded source has them. */
const NAMES = [
  'lag_seconds',
  'lag_events',
  'slot_retained_bytes',
  'slot_safe_wal_bytes',
  'slot_wal_status',
  'confirmed_flush_lag_bytes',
  'batch_seconds',
  'batch_size',
  'events_total',
  'fence_rejected_total',
  'duplicates_skipped_total',
  'effect_conflict_total',
  'parked_keys',
  'parked_oldest_seconds',
  'redrive_total',
  'sweep_repaired_total',
  'retries_total',
  'seconds_since_progress',
  'owner_epoch',
  'executor_state',
  'snapshot_keys_left',
];

describe('the metrics of the change stream', () => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await Flow.start();
    await flow.receive('METRIC-1', 5);
    const order = await flow.submit({ lines: [{ sku: 'METRIC-1', quantity: 1 }] });
    await flow.expectTimeline(order, ['order:submitted', 'inventory:reservation_confirmed']);
  });
  afterAll(() => flow?.stop());

  it('have the names that were promised', async () => {
    const text = await (await fetch(`${flow.server.url}/metrics`)).text();
    const missing = NAMES.filter((name) => !text.includes(`# TYPE orderkeel_cdc_${name} `));
    expect(missing).toEqual([]);
  });

  it('say what the stream has done', async () => {
    expect(await metric(flow, 'orderkeel_cdc_events_total')).toBeGreaterThan(4);
    expect(await metric(flow, 'orderkeel_cdc_owner_epoch')).toBeGreaterThan(3);
    expect(await metric(flow, 'orderkeel_cdc_slot_wal_status')).toBe(1);
    expect(await metric(flow, 'orderkeel_cdc_effect_conflict_total')).toBe(0);
  });
});
