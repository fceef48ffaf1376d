import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Flow } from '../support/flow.js';
import { metric } from './support/look.js';

/** Names and labels that people's dashboards and alerts rest on (reliability 3.12), as far as the embedded source has them. */
const LABELS: Readonly<Record<string, readonly string[]>> = {
  lag_seconds: ['executor', 'module', 'stream', 'part'],
  lag_events: ['executor', 'module'],
  slot_retained_bytes: ['slot'],
  slot_safe_wal_bytes: ['slot'],
  slot_wal_status: ['slot', 'status'],
  confirmed_flush_lag_bytes: ['slot'],
  batch_seconds: ['executor', 'module'],
  batch_size: ['executor', 'module'],
  events_total: ['executor', 'module', 'table', 'op', 'result'],
  fence_rejected_total: ['executor', 'module'],
  duplicates_skipped_total: ['executor', 'module'],
  effect_conflict_total: ['executor', 'module'],
  parked_keys: ['executor', 'module', 'reason'],
  parked_oldest_seconds: [],
  redrive_total: ['executor', 'module', 'result'],
  sweep_repaired_total: ['executor', 'module'],
  retries_total: ['executor', 'module', 'sqlstate'],
  seconds_since_progress: ['executor', 'module'],
  owner_epoch: ['executor', 'module', 'part'],
  executor_state: ['executor', 'module', 'state'],
  snapshot_keys_left: ['executor', 'module'],
};

describe('the metrics of the change stream', () => {
  let flow: Flow;
  let text = '';
  beforeAll(async () => {
    flow = await Flow.start();
    await flow.receive('METRIC-1', 5);
    const order = await flow.submit({ lines: [{ sku: 'METRIC-1', quantity: 1 }] });
    await flow.expectTimeline(order, ['order:submitted', 'inventory:reservation_confirmed']);
    text = await (await fetch(`${flow.server.url}/metrics`)).text();
  });
  afterAll(() => flow?.stop());

  it('have the names that were promised', () => {
    const missing = Object.keys(LABELS).filter((name) => !text.includes(`# TYPE orderkeel_cdc_${name} `));
    expect(missing).toEqual([]);
  });

  it.each(Object.entries(LABELS))('have the labels that were promised: %s', (name, labels) => {
    for (const line of text.split('\n').filter((each) => each.startsWith(`orderkeel_cdc_${name}{`))) {
      const names = [...line.matchAll(/(\w+)="/g)].map(([, label]) => label).filter((label) => label !== 'le');
      expect({ line, names: names.sort() }).toEqual({ line, names: [...labels].sort() });
    }
  });

  it('tell what kind of change it was', () => {
    const ops = new Set([...text.matchAll(/orderkeel_cdc_events_total{.*op="(\w)"/g)].map(([, op]) => op));
    expect(ops).toContain('c');
  });

  it('say what the stream has done', async () => {
    expect(await metric(flow, 'orderkeel_cdc_events_total')).toBeGreaterThan(4);
    expect(await metric(flow, 'orderkeel_cdc_owner_epoch')).toBeGreaterThan(3);
    expect(await metric(flow, 'orderkeel_cdc_slot_wal_status')).toBe(1);
    expect(await metric(flow, 'orderkeel_cdc_effect_conflict_total')).toBe(0);
  });
});
