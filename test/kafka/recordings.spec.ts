import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { differenceOf } from '../conformance/recorder/differences.js';
import { readRecording, type RecordedLine } from '../conformance/recorder/files.js';
import type { Line } from '../conformance/recorder/line.js';
import { record } from '../conformance/recorder/recorder.js';
import { scenarios } from '../conformance/recorder/scenario.js';
import { flowStack } from '../support/flow-connector.js';

const WHOLE = join(process.cwd(), '../shared/data/debezium-3.7');
const SHIPPED = fileURLToPath(new URL('../conformance/recordings', import.meta.url));
const whole = readRecording(WHOLE);
const shipped = readRecording(SHIPPED)!;
if (!whole) console.warn(`Only the shipped part of the recordings is compared, because ${WHOLE} is not here`);

/** The shipped part: topic, key and value of the rows that a connector like ours has written. */
const shippedPart = (lines: readonly Line[]): RecordedLine[] =>
  lines
    .filter(({ topic }) => /^orderkeel\.(order|inventory|kit)\./.test(topic))
    .map(({ topic, key, value }) => ({ topic, key, value }));
const played = scenarios();
const steps = played.flatMap((scenario) => scenario.steps.map(({ name }) => name));

describe('what Debezium writes', () => {
  const made = new Map<string, readonly Line[]>();
  beforeAll(async () => {
    for (const scenario of played)
      for (const [step, lines] of await record(scenario, flowStack()!)) made.set(step, lines);
  });

  it.each(steps.filter((step) => shipped.has(step)))('is what the embedded reader is held to (%s)', (step) => {
    expect(differenceOf(step, shipped.get(step)!, shippedPart(made.get(step)!))).toBeNull();
  });

  const recorded = [...(whole ?? [])];
  (whole ? it : it.skip)('is what was recorded before, whatever the settings and the kind of topic', () => {
    const differences = recorded.map(([step, lines]) => differenceOf(step, lines, made.get(step) ?? []));
    expect(differences.filter((difference) => difference !== null)).toEqual([]);
  });
});
