import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchWork, type DatabaseWork } from '../../installation/database-work.js';
import type { Installation } from '../../installation/installation.js';
import { Onlooker } from '../../installation/onlooker.js';
import type { Generator } from '../../load/generator.js';
import { childrenOf } from '../../machine/children.js';
import type { CpuUse } from '../../machine/cpu-watch.js';
import { cpuSeconds } from '../../machine/process-times.js';
import { ratesOf } from '../../options.js';
import type { Bench, PartAlone } from '../../part.js';
import { LOADS } from '../b1/loads.js';
import { measureThroughput } from '../b1/throughput.js';
import { measureLatency } from '../b3/latency.js';
import { onInstallation } from '../on-installation.js';
import { hopsOf, type Hop } from './hops.js';
import { nodeTimes, nowUs, type NodeTime, type Stretch } from './node-time.js';
import { renderProfile } from './render.js';
import { forgetStatements, SEEING_MORE, statementTimes, type StatementTime } from './statements.js';

const STEADY_SECONDS = 20;

/** What a load is known by, and how it is sent. */
interface Load {
  readonly name: string;
  readonly orders: number;
  /** Says what the machine was used for until all was at rest again. */
  send(installation: Installation, generator: Generator, prefix: string): Promise<CpuUse>;
}

/** Where the time of a load goes. */
export interface ProfileFigure {
  readonly load: string;
  readonly orders: number;
  readonly seconds: number;
  readonly work: DatabaseWork;
  /** CPU seconds: as of every run, but PostgreSQL's by what its processes do; `sessions` are the program's. */
  readonly cpuSeconds: Readonly<Record<string, number>>;
  readonly use: CpuUse;
  readonly statements: readonly StatementTime[];
  readonly hops: readonly Hop[];
  readonly node: NodeTime;
}

/** Where the time goes: asked for by name only, since taking it costs some itself. */
export const PROFILE: PartAlone<'profile', ProfileFigure> = {
  name: 'profile',
  onRequest: true,
  title: 'Profile: where the time of an order goes, embedded, order + inventory',
  measureAlone,
  render: (figures) => figures.flatMap(renderProfile),
};

async function measureAlone({ options, say }: Bench): Promise<ProfileFigure[]> {
  const loads = loadsOf(options);
  const folder = await mkdtemp(join(tmpdir(), 'orderkeel-profile-'));
  const how = { postgres: SEEING_MORE, nodeOptions: ['--cpu-prof', `--cpu-prof-dir=${folder}`] };
  try {
    const taken = await onInstallation(
      { mode: 'embedded', profile: 'order+inventory' },
      async (installation, generator) => {
        const found: Taken[] = [];
        for (const load of loads) {
          say(`profile ${load.name}`);
          found.push(await take(load, installation, generator));
        }
        return found;
      },
      how,
    );
    const times = await nodeTimes(
      folder,
      taken.map(({ stretch }) => stretch),
    );
    return taken.map(({ figure }, nth) => ({ ...figure, node: times[nth]! }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function loadsOf(options: Bench['options']): Load[] {
  const { loads, quick } = options;
  const wanted = LOADS.filter(({ name }) => loads.includes(name));
  const bursts = wanted.map((load) => ({
    name: load.name,
    orders: load.orders,
    send: async (installation: Installation, generator: Generator, prefix: string) =>
      (await measureThroughput(installation, generator, { prefix, load })).use,
  }));
  const seconds = quick ? STEADY_SECONDS / 2 : STEADY_SECONDS;
  const paces = ratesOf(options, 'embedded').map((perSecond) => ({
    name: `${perSecond} a second`,
    orders: perSecond * seconds,
    send: async (installation: Installation, generator: Generator, prefix: string) =>
      (await measureLatency(installation, generator, { prefix, perSecond, seconds })).use,
  }));
  return [...bursts, ...paces];
}

interface Taken {
  readonly figure: Omit<ProfileFigure, 'node'>;
  readonly stretch: Stretch;
}

async function take({ name, orders, send }: Load, installation: Installation, generator: Generator): Promise<Taken> {
  const prefix = `profile-${name.replaceAll(' ', '-')}`;
  return Onlooker.beside(await installation.databaseUrl(), async (onlooker) => {
    await forgetStatements(onlooker);
    const worked = await watchWork(onlooker);
    const before = { cpu: await backgroundCpu(installation), us: nowUs() };
    const use = await send(installation, generator, prefix);
    const after = { cpu: await backgroundCpu(installation), us: nowUs() };
    const figure = {
      load: name,
      orders,
      seconds: (after.us - before.us) / 1e6,
      work: await worked(),
      cpuSeconds: byPurpose(use, before.cpu, after.cpu),
      use,
      statements: await statementTimes(onlooker),
      hops: await hopsOf(onlooker.orders, prefix),
    };
    return { figure, stretch: { fromUs: before.us, toUs: after.us } };
  });
}

/** CPU seconds so far of those processes of PostgreSQL that serve nobody in particular, by what they are there for. */
async function backgroundCpu(installation: Installation): Promise<Record<string, number>> {
  const pids: Record<string, number[]> = {};
  for (const { pid, title } of await childrenOf(await installation.postmaster())) {
    const [purpose] = /walsender|walwriter|checkpointer|autovacuum|background writer|io worker/.exec(title) ?? [];
    if (purpose !== undefined) (pids[purpose] ??= []).push(pid);
  }
  return cpuSeconds(pids);
}

type ByPurpose = Readonly<Record<string, number>>;

/** Tells PostgreSQL's part of what was used by what its processes do; those that came or went are with the sessions. */
function byPurpose({ cpuSeconds: { postgres, ...others } }: CpuUse, before: ByPurpose, after: ByPurpose): ByPurpose {
  const background = Object.keys(after).map((each) => [each, after[each]! - (before[each] ?? after[each]!)] as const);
  const sessions = postgres! - background.reduce((sum, [, seconds]) => sum + seconds, 0);
  return { ...others, sessions, ...Object.fromEntries(background) };
}
