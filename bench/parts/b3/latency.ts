import type { Installation } from '../../installation/installation.js';
import { untilAtRest } from '../../installation/progress.js';
import type { Generator } from '../../load/generator.js';
import type { SteadyReport, SteadyWish } from '../../load/steady.js';
import { watchCpu, type CpuUse } from '../../machine/cpu-watch.js';

/** One run of B3. */
export interface LatencyRun extends SteadyReport {
  readonly use: CpuUse;
}

/** Sends orders at a steady pace and measures how long they take; all is at rest again afterwards. */
export async function measureLatency(
  installation: Installation,
  generator: Generator,
  pace: Pick<SteadyWish, 'prefix' | 'perSecond' | 'seconds'>,
): Promise<LatencyRun> {
  const { url } = installation;
  const used = await watchCpu({ ...(await installation.processes()), generator: generator.pid });
  const report = await generator.steady({ url, databaseUrl: await installation.databaseUrl(), ...pace });
  const use = await used();
  await untilAtRest(url);
  return { ...report, use };
}
