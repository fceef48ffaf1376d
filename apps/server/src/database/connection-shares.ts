import { executorOf, type OrderkeelModuleDeclaration } from '@orderkeel/platform';
import type { Configuration } from '../configuration/configuration.js';
import type { ConfigurationFile } from '../configuration/configuration-file.js';

/** How many connections this program keeps at most, by who works on them: a crowd of the one cannot starve the other. */
export interface ConnectionShares {
  /** For HTTP and what works on its behalf. */
  readonly requests: number;
  /** For executors and what keeps the change stream going. */
  readonly executors: number;
  /** All of them, with those that come and go. */
  readonly total: number;
}

/** One process answers all requests, on one core: more transactions side by side only wait for each other. */
const REQUESTS = 12;
/** Beside the lanes: acknowledgements, catching up, the sweep, parked keys. */
const BESIDE_LANES = 4;
/** Lanes beyond these take turns; a server works on few transactions at the same moment, however many are open. */
const MOST_LANES_AT_ONCE = 20;
/** For the control channel, the claim, a snapshot that is read, and a migration or a look of the command line. */
const PASSING = 4;

/**
 * The shares, by the lanes of all executors that were built: modules are switched on while the program runs. Partitions of
 * topics are lanes too, and more than take turns; a process that runs HTTP only has none.
 */
export function connectionShares(
  declarations: readonly OrderkeelModuleDeclaration[],
  { file, changes, run }: Pick<Configuration, 'file' | 'changes' | 'run'>,
): ConnectionShares {
  const partitions = run?.every((name) => name === 'http') ? 0 : MOST_LANES_AT_ONCE;
  const lanes = changes === 'kafka' ? partitions : configuredLanes(declarations, file);
  const executors = Math.min(lanes, MOST_LANES_AT_ONCE) + BESIDE_LANES;
  return { requests: REQUESTS, executors, total: REQUESTS + executors + PASSING };
}

function configuredLanes(declarations: readonly OrderkeelModuleDeclaration[], file: ConfigurationFile): number {
  return declarations
    .flatMap(({ name, executors }) => executors.map((executor) => lanesOf(file, name, executorOf(executor).name)))
    .reduce((sum, count) => sum + count, 0);
}

/** Into how many lanes the configuration divides an executor's keys. */
export function lanesOf({ modules }: ConfigurationFile, module: string, executor: string): number {
  return modules[module]?.executors[executor]?.lanes ?? 1;
}
