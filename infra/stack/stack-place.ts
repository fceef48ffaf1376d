import { resolve } from 'node:path';
// Not through the entries, which load the whole product: these are the commands that shall answer at once.
import { readEnvironment, type Environment } from '../../apps/server/src/configuration/environment.js';
import { clusterIn } from '../../libs/platform/src/postgres/place.js';
import { livePostmaster, type Postmaster } from '../../libs/platform/src/postgres/postmaster-file.js';
import { embeddedFolder, runningEmbedded } from '../../libs/platform/src/postgres/running-embedded.js';
import { stackFolder, type StackFolder } from './stack-folder.js';

/** The data folder of this environment, as far as a stack is concerned. Nothing is changed by looking at it. */
export interface StackPlace {
  readonly folder: StackFolder;
  readonly namespace: string;
  /** The folder that holds the embedded PostgreSQL's data; null on a PostgreSQL of the user's own, and before the first start. */
  readonly postgresFolder: string | null;
}

/** Finds the data folder and its PostgreSQL. */
export async function stackPlace(variables: Readonly<Record<string, string | undefined>>): Promise<StackPlace> {
  const environment = readEnvironment(variables);
  const dataDir = resolve(environment.ORDERKEEL_DATA_DIR ?? '.orderkeel');
  return {
    folder: stackFolder(dataDir),
    namespace: environment.ORDERKEEL_NAMESPACE,
    postgresFolder: ownUrl(environment) === null ? await embeddedFolder(dataDir) : null,
  };
}

/** The embedded PostgreSQL's process; null when none runs. */
export async function postmasterOf({ postgresFolder }: StackPlace): Promise<Postmaster | null> {
  return postgresFolder === null ? null : livePostmaster(clusterIn(postgresFolder));
}

/** URL of a login that may look at slots; null while no PostgreSQL runs. Holds the password: never log it. */
export async function adminUrlOf(
  { postgresFolder }: StackPlace,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  const running = postgresFolder === null ? null : await runningEmbedded(postgresFolder);
  return running?.adminUrl ?? ownUrl(readEnvironment(variables));
}

function ownUrl(environment: Environment): string | null {
  return environment.ORDERKEEL_ADMIN_DATABASE_URL ?? environment.ORDERKEEL_DATABASE_URL ?? null;
}
