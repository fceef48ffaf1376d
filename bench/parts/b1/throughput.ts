import { watchWork, type DatabaseWork } from '../../installation/database-work.js';
import type { Installation } from '../../installation/installation.js';
import { Onlooker } from '../../installation/onlooker.js';
import { untilAtRest, untilWorkedThrough } from '../../installation/progress.js';
import type { Generator } from '../../load/generator.js';
import type { Assortment } from '../../load/intents.js';
import { watchCpu, type CpuUse } from '../../machine/cpu-watch.js';
import type { LoadShape } from './loads.js';

/** One run of B1. */
export interface ThroughputRun {
  readonly orders: number;
  /** By the time from the first request until the last order has the status of the last executor that writes one. */
  readonly ordersPerSecond: number;
  /** By the time until the last request was answered. */
  readonly acknowledgedPerSecond: number;
  /** What PostgreSQL did from the first request until no executor has anything left to do. */
  readonly work: DatabaseWork;
  /** In the same time. */
  readonly use: CpuUse;
}

/** What is sent, and under which names. */
interface Burst {
  readonly prefix: string;
  readonly load: LoadShape;
  /** What orders are made of; all SKUs, unless it is said. */
  readonly assortment?: Assortment;
}

/** Sends a load once and measures how fast it comes through. */
export async function measureThroughput(
  installation: Installation,
  generator: Generator,
  burst: Burst,
): Promise<ThroughputRun> {
  return Onlooker.beside(await installation.databaseUrl(), (onlooker) =>
    measureBeside(onlooker, installation, generator, burst),
  );
}

async function measureBeside(
  onlooker: Onlooker,
  installation: Installation,
  generator: Generator,
  { prefix, load: { orders, concurrency, batchSize }, assortment }: Burst,
): Promise<ThroughputRun> {
  const { url, wish } = installation;
  const worked = await watchWork(onlooker);
  const used = await watchCpu({ ...(await installation.processes()), generator: generator.pid }, onlooker.pids);
  const sent = { url, prefix, orders, concurrency, batchSize, assortment };
  const { startedAtMs, acknowledgedAtMs } = await generator.burst(sent);
  const doneAtMs = await untilWorkedThrough(onlooker.orders, {
    profile: wish.profile,
    prefix,
    orders,
    sinceMs: startedAtMs,
  });
  await untilAtRest(url);
  return {
    orders,
    ordersPerSecond: perSecond(orders, doneAtMs - startedAtMs),
    acknowledgedPerSecond: perSecond(orders, acknowledgedAtMs - startedAtMs),
    use: await used(),
    work: await worked(),
  };
}

function perSecond(count: number, ms: number): number {
  return (count / ms) * 1000;
}
