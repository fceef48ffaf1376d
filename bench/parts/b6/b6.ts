import { watchCpu, type CpuUse } from '../../machine/cpu-watch.js';
import type { Bench, BenchOnInstallation, PartAlone } from '../../part.js';
import { byProcess, left, right, table } from '../../report/columns.js';
import { mark } from '../../report/marks.js';
import { spreadOf, type Spread } from '../../report/statistics.js';
import { onInstallation } from '../on-installation.js';
import { walOfLargeTransaction, walOfOrders, type PreparedWal } from './prepare-wal.js';
import { allOff, readByProgram, type AllOff } from './read-by-program.js';
import { Reader, type Depth } from './reader.js';

/** How fast the change stream is read. */
export interface B6Figure {
  /** What was written: B1's orders, or one transaction of 100,000 rows. */
  readonly wal: PreparedWal['name'];
  /** The reader alone, with how far it decodes each event, or the whole program with all executors off. */
  readonly by: Depth | 'program';
  readonly events: number;
  readonly eventsPerSecond: Spread;
  /** CPU microseconds of each process for one event: `reader` or `server`, and `postgres`; the median of the runs. */
  readonly cpuUsPerEvent: Readonly<Record<string, number>>;
  readonly runs: readonly ReadRun[];
}

/** One reading. */
interface ReadRun {
  readonly eventsPerSecond: number;
  readonly cpuSeconds: Readonly<Record<string, number>>;
  readonly use: CpuUse;
}

const DEPTHS: readonly Depth[] = ['key', 'row', 'envelope'];

/** B6: how fast the change stream is read, by the reader alone and by the whole program. */
export const B6: PartAlone<'b6', B6Figure> = {
  name: 'b6',
  title: 'B6: events per second of the change stream, median (least - most), CPU microseconds per event',
  measureAlone,
  render,
};

function measureAlone(bench: Bench): Promise<B6Figure[]> {
  const wish = { mode: 'embedded', profile: 'order+inventory' } as const;
  return onInstallation(wish, async (installation, generator) => {
    const on = { ...bench, installation, generator };
    const orders = await walOfOrders(on);
    const off = await allOff(installation.url);
    await installation.killProgram();
    const ofOrders = await measureWal(on, orders, off);
    // Only now: the server reads on behind what is waited for.
    const large = await walOfLargeTransaction(await installation.databaseUrl());
    return [...ofOrders, ...(await measureWal(on, large, off))];
  });
}

async function measureWal(bench: BenchOnInstallation, wal: PreparedWal, off: AllOff): Promise<B6Figure[]> {
  const { installation, options, say } = bench;
  const figures: B6Figure[] = [];
  const add = (by: B6Figure['by'], events: number, runs: readonly ReadRun[]) => {
    const eventsPerSecond = spreadOf(runs.map((run) => run.eventsPerSecond));
    figures.push({ wal: wal.name, by, events, eventsPerSecond, cpuUsPerEvent: perEvent(events, runs), runs });
    say(`b6 ${wal.name} ${by}: ${eventsPerSecond.median.toFixed(0)} events/s`);
  };
  let events = 0;
  for (const depth of DEPTHS) {
    const runs: ReadRun[] = [];
    while (runs.length < options.runs) {
      const report = await read(bench, wal, depth);
      events = report.events;
      runs.push(report.run);
    }
    add(depth, events, runs);
  }
  const runs: ReadRun[] = [];
  while (runs.length < options.runs) {
    const use = await readByProgram(installation, wal, off);
    runs.push({ eventsPerSecond: events / use.wallSeconds, cpuSeconds: use.cpuSeconds, use });
  }
  add('program', events, runs);
  return figures;
}

/** Reads twice, of which the second time counts: the compiler has seen by then what is to come. */
async function read({ installation }: BenchOnInstallation, { slot, until }: PreparedWal, depth: Depth) {
  const wish = { url: await installation.databaseUrl(), slot, depth, until };
  return Reader.during(async (reader) => {
    await reader.read(wish);
    const used = await watchCpu({ postgres: await installation.postmaster() });
    const { events, seconds, cpuSeconds } = await reader.read(wish);
    const use = await used();
    const cpu = { reader: cpuSeconds, postgres: use.cpuSeconds['postgres']! };
    return { events, run: { eventsPerSecond: events / seconds, cpuSeconds: cpu, use } };
  });
}

function perEvent(events: number, runs: readonly ReadRun[]): Record<string, number> {
  const names = ['reader', 'server', 'postgres'].filter((name) => runs[0]!.cpuSeconds[name] !== undefined);
  const of = (name: string) => spreadOf(runs.map(({ cpuSeconds }) => (cpuSeconds[name]! / events) * 1e6)).median;
  return Object.fromEntries(names.map((name) => [name, of(name)]));
}

function render(figures: readonly B6Figure[]): string[] {
  const columns = [
    left('WAL'),
    left('read by'),
    right('events'),
    right('events/s'),
    right('runs'),
    left('CPU us/event'),
    left(''),
  ];
  const rows = figures.map(({ wal, by, events, eventsPerSecond: { median, min, max }, cpuUsPerEvent, runs }) => [
    wal,
    by === 'program' ? 'the program, executors off' : `the reader, ${by}`,
    String(events),
    median.toFixed(0),
    `${min.toFixed(0)} - ${max.toFixed(0)}`,
    byProcess(cpuUsPerEvent),
    mark(runs),
  ]);
  return table(columns, rows);
}
