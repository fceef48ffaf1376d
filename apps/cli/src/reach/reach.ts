import { CommandFailure } from '../exit/command-failure.js';
import type { Reached } from './reached.js';
import { dataFolder, runningServer } from './running-server.js';

/** Asks the running server of the data folder, else the database, and lets go of it when the work is done (interfaces 7). */
export async function withOrderkeel<T>(work: (reached: Reached) => Promise<T>): Promise<T> {
  const reached = (await runningServer(dataFolder())) ?? (await database());
  try {
    return await work(reached);
  } finally {
    await reached.close();
  }
}

/** Loaded only here: a running server answers sooner than this program's own modules are read. */
async function database(): Promise<Reached> {
  const server = await import('../../../server/src/index.js');
  const configuration = server.readConfiguration(process.env, server.builtDeclarations);
  if (!configuration.urls && (await server.embeddedFolder(configuration.dataDir)) === null)
    throw nothingThere(configuration.dataDir);
  const people = {
    info: (message: string) => void process.stderr.write(`${message}\n`),
    warn: () => undefined,
  };
  return { via: 'database', url: null, ...(await server.openUnserved(configuration, people)) };
}

/** There is no database to ask, and none is made for a question. */
export function nothingThere(dataDir: string): CommandFailure {
  return new CommandFailure(
    'not-there',
    `There is no Orderkeel in ${dataDir} yet, and none runs on it. Start it with "npx orderkeel start", or name another ` +
      `folder with ORDERKEEL_DATA_DIR.`,
  );
}
