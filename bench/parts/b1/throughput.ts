import { onConnection } from '../../../libs/platform/src/postgres/admin-connection.js';
import type { Installation } from '../../installation/installation.js';
import { untilAtRest, untilWorkedThrough } from '../../installation/progress.js';
import type { Generator } from '../../load/generator.js';
import { watchCpu, type CpuUse } from '../../machine/cpu-watch.js';
import type { LoadShape } from './loads.js';

/** One run of B1. */
export interface ThroughputRun {
  readonly orders: number;
  /** By the time from the first request until the last order has the status of the last executor that writes one. */
  readonly ordersPerSecond: number;
  /** By the time until the last request was answered. */
  readonly acknowledgedPerSecond: number;
  /** From the first request until no executor has anything left to do. */
  readonly use: CpuUse;
}

/** Sends a load once and measures how fast it comes through. */
export async function measureThroughput(
  installation: Installation,
  generator: Generator,
  { prefix, load }: { prefix: string; load: LoadShape },
): Promise<ThroughputRun> {
  const { url, wish } = installation;
  const { orders, concurrency, batchSize } = load;
  const used = await watchCpu({ ...(await installation.processes()), generator: generator.pid });
  const sent = await generator.burst({ url, prefix, orders, concurrency, batchSize });
  const sinceMs = sent.startedAtMs;
  const doneAtMs = await onConnection(await installation.databaseUrl(), (database) =>
    untilWorkedThrough(database, { profile: wish.profile, orders, sinceMs }),
  );
  await untilAtRest(url);
  return {
    orders,
    ordersPerSecond: perSecond(orders, doneAtMs - sinceMs),
    acknowledgedPerSecond: perSecond(orders, sent.acknowledgedAtMs - sinceMs),
    use: await used(),
  };
}

function perSecond(count: number, ms: number): number {
  return (count / ms) * 1000;
}
