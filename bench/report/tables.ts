import { table, type Column } from '../../apps/cli/src/terminal/table.js';
import type { CpuUse } from '../machine/cpu-watch.js';
import type { LatencyRun } from '../measure/b3.js';
import type { Results } from './results.js';
import type { Spread } from './statistics.js';

const left = (title: string): Column => ({ title });
const right = (title: string): Column => ({ title, align: 'right' });

/** The results in tables for people; one for each part that was measured. */
export function renderTables(results: Results): string[] {
  const { b1, b3, idle } = results;
  return [
    ...(b1.length > 0
      ? ['', 'B1: orders per second, median (least - most), CPU milliseconds per order', ...ofB1(results)]
      : []),
    ...(b3.length > 0 ? ['', 'B3: milliseconds from the acknowledged intent', ...ofB3(results)] : []),
    ...(idle.length > 0 ? ['', 'Idle: CPU seconds per minute', ...ofIdle(results)] : []),
  ];
}

function ofB1({ b1 }: Results): string[] {
  const columns = [
    left('mode'),
    left('profile'),
    left('load'),
    right('orders/s'),
    right('runs'),
    left('CPU ms/order'),
    left(''),
  ];
  const rows = b1.map(({ mode, profile, load, ordersPerSecond: { median, min, max }, cpuMsPerOrder, runs }) => [
    mode,
    profile,
    load,
    median.toFixed(0),
    `${min.toFixed(0)} - ${max.toFixed(0)}`,
    byProcess(cpuMsPerOrder),
    mark(runs.map(({ use }) => use)),
  ]);
  return table(columns, rows);
}

function ofB3({ b3 }: Results): string[] {
  const columns = [
    left('mode'),
    right('orders/s'),
    right('reservation p50'),
    right('p95'),
    right('p99'),
    right('event p50'),
    right('p95'),
    right('p99'),
    left(''),
  ];
  const rows = b3.map(({ mode, perSecond, reservation, timelineEvent, runs }) => [
    mode,
    String(perSecond),
    ...[reservation.p50, reservation.p95, reservation.p99].map(inShort),
    ...[timelineEvent.p50, timelineEvent.p95, timelineEvent.p99].map(inShort),
    notKept(runs) || mark(runs.map(({ use }) => use)),
  ]);
  return table(columns, rows);
}

function ofIdle({ idle }: Results): string[] {
  const columns = [left('mode'), left('Node.js'), left('CPU s/min'), right('wake-ups/s'), left('warnings'), left('')];
  const rows = idle.map(({ mode, node, cpuSecondsPerMinute, wakeUpsPerSecond, nodeWarnings, use }) => [
    mode,
    node,
    byProcess(cpuSecondsPerMinute),
    wakeUpsPerSecond.toFixed(0),
    String(nodeWarnings.length),
    mark([use]),
  ]);
  return table(columns, rows);
}

/** Percentiles say little of a pace that was too much. */
function notKept(runs: readonly LatencyRun[]): string {
  const refused = runs.reduce((sum, run) => sum + run.refused, 0);
  const unfinished = runs.reduce((sum, run) => sum + run.unfinished, 0);
  return refused + unfinished === 0 ? '' : `NOT KEPT UP: ${refused} refused, ${unfinished} unfinished`;
}

function byProcess(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value.toFixed(2)}`)
    .join(', ');
}

function inShort({ median }: Spread): string {
  return median.toFixed(0);
}

function mark(uses: readonly CpuUse[]): string {
  const disturbed = uses.filter((use) => use.disturbed).length;
  const most = Math.max(...uses.map(({ foreignShare }) => foreignShare));
  return disturbed === 0 ? '' : `DISTURBED ${disturbed} of ${uses.length}, by up to ${(most * 100).toFixed(0)} %`;
}
