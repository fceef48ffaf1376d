import { setTimeout as delay } from 'node:timers/promises';
import { nodeBinary, type NodeBinary } from '../../../test/nodes/node-binary.js';
import { Installation } from '../../installation/installation.js';
import { watchWork } from '../../installation/database-work.js';
import { Onlooker } from '../../installation/onlooker.js';
import { untilAtRest } from '../../installation/progress.js';
import { watchCpu, type CpuUse } from '../../machine/cpu-watch.js';
import { sleepsOf } from '../../machine/wake-ups.js';
import type { Mode } from '../../options.js';
import type { Bench, PartAlone } from '../../part.js';
import { byProcess, left, right, table } from '../../report/columns.js';
import { mark } from '../../report/marks.js';

const MINUTE_MS = 60_000;
const QUICK_MS = 20_000;
/** After a start: the compiler, the first sweep, and what is loaded when it is first used. */
const SETTLE_MS = 15_000;

/** What an installation takes that has nothing to do. */
export interface IdleFigure {
  readonly mode: Mode;
  /** Version of Node.js, without the `v`. */
  readonly node: string;
  readonly cpuSecondsPerMinute: Readonly<Record<string, number>>;
  /** How often the program's main thread woke up, per second. */
  readonly wakeUpsPerSecond: number;
  /** Warnings of Node.js that the program has printed; none is what is wanted. */
  readonly nodeWarnings: readonly string[];
  /** What PostgreSQL did in a minute: statements, transactions that were committed, bytes of WAL. */
  readonly perMinute: Readonly<Record<'statements' | 'commits' | 'walBytes', number>>;
  readonly use: CpuUse;
}

/** What an installation takes that has nothing to do: on this Node.js and on the others that are asked for, in each mode. */
export const IDLE: PartAlone<'idle', IdleFigure> = {
  name: 'idle',
  title: 'Idle, once: CPU seconds and work of PostgreSQL per minute',
  measureAlone,
  render,
};

async function measureAlone({ options, say }: Bench): Promise<IdleFigure[]> {
  const own = { path: process.execPath, version: process.versions.node };
  const figures: IdleFigure[] = [];
  for (const node of [own, ...(await Promise.all(options.nodes.map(nodeBinary)))])
    for (const mode of options.modes) {
      const figure = await idleOn(node, mode, options.quick ? QUICK_MS : MINUTE_MS);
      say(`idle ${mode} Node.js ${node.version}: ${figure.cpuSecondsPerMinute['server']!.toFixed(2)} CPU s/min`);
      figures.push(figure);
    }
  return figures;
}

async function idleOn({ path, version }: NodeBinary, mode: Mode, forMs: number): Promise<IdleFigure> {
  const installation = await Installation.open({ mode, profile: 'order+inventory' }, { node: path });
  try {
    await untilAtRest(installation.url);
    await delay(SETTLE_MS);
    const rest = await Onlooker.beside(await installation.databaseUrl(), (onlooker) =>
      watchRest(installation, onlooker, forMs),
    );
    return {
      mode,
      node: version,
      ...rest,
      nodeWarnings: (await installation.said()).match(/^\(node:\d+\) .*$/gm) ?? [],
    };
  } finally {
    await installation.close();
  }
}

async function watchRest(
  installation: Installation,
  onlooker: Onlooker,
  forMs: number,
): Promise<Omit<IdleFigure, 'mode' | 'node' | 'nodeWarnings'>> {
  const processes = await installation.processes();
  await onlooker.tidyUp();
  const worked = await watchWork(onlooker);
  const used = await watchCpu(processes, onlooker.pids);
  const sleptBefore = await sleepsOf(processes['server']!);
  await delay(forMs);
  const slept = (await sleepsOf(processes['server']!)) - sleptBefore;
  const use = await used();
  const { statements, commits, walBytes } = await worked();
  const inAMinute = (count: number) => (count / use.wallSeconds) * 60;
  return {
    cpuSecondsPerMinute: Object.fromEntries(
      Object.entries(use.cpuSeconds).map(([name, seconds]) => [name, inAMinute(seconds)]),
    ),
    wakeUpsPerSecond: slept / use.wallSeconds,
    perMinute: {
      statements: inAMinute(Object.values(statements).reduce((sum, count) => sum + count, 0)),
      commits: inAMinute(commits),
      walBytes: inAMinute(walBytes),
    },
    use,
  };
}

function render(figures: readonly IdleFigure[]): string[] {
  const columns = [
    left('mode'),
    left('Node.js'),
    left('CPU s/min'),
    right('wake-ups/s'),
    right('SQL/min'),
    right('commits/min'),
    right('WAL kB/min'),
    left('warnings'),
    left(''),
  ];
  const rows = figures.map(({ mode, node, cpuSecondsPerMinute, wakeUpsPerSecond, perMinute, nodeWarnings, use }) => [
    mode,
    node,
    byProcess(cpuSecondsPerMinute),
    wakeUpsPerSecond.toFixed(0),
    perMinute.statements.toFixed(0),
    perMinute.commits.toFixed(0),
    (perMinute.walBytes / 1000).toFixed(1),
    String(nodeWarnings.length),
    mark([{ use }]),
  ]);
  return table(columns, rows);
}
