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
  const use = await used();
  const disk = await watched();
  await untilAtRest(url);
  return { ...report, use, disk };
}
