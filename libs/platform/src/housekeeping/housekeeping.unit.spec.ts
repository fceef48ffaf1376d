import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Metrics } from '../http/metrics/metrics.js';
import { Housekeeping } from './housekeeping.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let failure: string | undefined;
let runs: number;
let lines: string[];
let metrics: Metrics;
let housekeeping: Housekeeping;

beforeEach(() => {
  jest.useFakeTimers();
  [failure, runs, lines] = [undefined, 0, []];
  const run = async () => {
    runs += 1;
    if (failure !== undefined) throw new Error(failure);
  };
  const keep = (fields: object, message: string) => void lines.push(`${message}: ${JSON.stringify(fields)}`);
  metrics = new Metrics();
  housekeeping = new Housekeeping(
    [{ name: 'dishes', run }],
    { debug: () => undefined, info: keep, warn: keep, error: keep },
    metrics,
  );
  housekeeping.start();
});
afterEach(async () => {
  await housekeeping.stop();
  metrics.onModuleDestroy();
  jest.useRealTimers();
});

const failing = () => metrics.registry.getSingleMetricAsString('orderkeel_housekeeping_failing');

describe('housekeeping', () => {
  it('does a chore some minutes after the start and then daily, and says nothing', async () => {
    await jest.advanceTimersByTimeAsync(5 * MINUTE_MS);
    expect(runs).toBe(1);
    await jest.advanceTimersByTimeAsync(3 * DAY_MS);
    expect(runs).toBe(4);
    expect(lines).toEqual([]);
    expect(await failing()).toContain('{chore="dishes"} 0');
  });

  it('tries a failed chore again every minute, and says so once for each failure and once at its end', async () => {
    failure = 'no water';
    await jest.advanceTimersByTimeAsync(8 * MINUTE_MS);
    expect(runs).toBe(4);
    expect(await failing()).toContain('{chore="dishes"} 1');
    failure = 'no soap';
    await jest.advanceTimersByTimeAsync(2 * MINUTE_MS);
    failure = undefined;
    await jest.advanceTimersByTimeAsync(2 * MINUTE_MS);
    expect(runs).toBe(7);
    expect(lines).toEqual([
      'a chore failed; it is tried again every minute: {"chore":"dishes","error":"no water"}',
      'a chore failed; it is tried again every minute: {"chore":"dishes","error":"no soap"}',
      'the chore is done again: {"chore":"dishes"}',
    ]);
    expect(await failing()).toContain('{chore="dishes"} 0');
  });

  it('does nothing after it was stopped', async () => {
    await housekeeping.stop();
    await jest.advanceTimersByTimeAsync(2 * DAY_MS);
    expect(runs).toBe(0);
  });
});
