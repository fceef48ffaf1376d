import type { Installation } from '../../installation/installation.js';
import { untilAtRest } from '../../installation/progress.js';
import type { Generator } from '../../load/generator.js';
import type { SteadyReport, SteadyWish } from '../../load/steady.js';
import { watchCpu, type CpuUse } from '../../machine/cpu-watch.js';
import { watchDisk, type DiskUse } from '../../machine/disk-watch.js';

/** One run of B3. */
export interface LatencyRun extends SteadyReport {
  readonly use: CpuUse;
  readonly disk: DiskUse;
}

/** Sends orders at a steady pace and measures how long they take; all is at rest again afterwards. */
export async function measureLatency(
  installation: Installation,
  generator: Generator,
  pace: Pick<SteadyWish, 'prefix' | 'perSecond' | 'seconds'>,
): Promise<LatencyRun> {
  const { url } = installation;
  const watched = await watchDisk(installation.folder);
  const used = await watchCpu({ ...(await installation.processes()), generator: generator.pid });
  const report = await generator.steady({ url, databaseUrl: await installation.databaseUrl(), ...pace });
  const use = lookedByBench(await used(), report.lookSeconds);
  const disk = await watched();
  await untilAtRest(url);
  return { ...report, use, disk };
}

/** Counts those looks with the bench which the load generator makes for it, in a session of the product's PostgreSQL. */
function lookedByBench(use: CpuUse, seconds: number): CpuUse {
  const { postgres, bench } = use.cpuSeconds as { postgres: number; bench: number };
  return { ...use, cpuSeconds: { ...use.cpuSeconds, postgres: postgres - seconds, bench: bench + seconds } };
}
