import {
  builtDeclarations,
  embeddedFolder,
  locateDatabase,
  readConfiguration,
  readConnector,
  runningDatabase,
  type Configuration,
  type LocatedDatabase,
} from '../../../server/src/index.js';
import { EXIT } from '../exit/exit-code.js';
import { explain } from '../exit/explain.js';
import { runningServer } from '../reach/running-server.js';
import { sayJson } from '../terminal/say.js';
import { error, found, well, type Look } from './look.js';
import { lookAtFolder } from './look-at-folder.js';
import { lookAtKafka } from './look-at-kafka.js';
import { lookAtProgram } from './look-at-program.js';
import { lookAtServer } from './look-at-server.js';
import { lookInside } from './look-inside.js';
import { sayLooks } from './say-looks.js';

/** Looks at everything, from the outside to the inside, as far as one can get; exit code 4 when it found something. */
export async function doctor(json: boolean): Promise<void> {
  const looks: Look[] = [];
  for await (const look of allLooks()) looks.push(look);
  const ok = looks.every(({ findings }) => findings.length === 0);
  if (json) sayJson({ ok, checks: looks.map((look) => ({ ok: look.findings.length === 0, ...look })) });
  else sayLooks(looks);
  process.exitCode = ok ? EXIT.done : EXIT.found;
}

async function* allLooks(): AsyncGenerator<Look> {
  yield* lookAtProgram();
  let step = 'configuration';
  try {
    const configuration = readConfiguration(process.env, builtDeclarations);
    const { slot } = await readConnector(configuration);
    yield well('configuration', 'understood');
    step = 'data folder';
    const folder = configuration.urls ? null : await embeddedFolder(configuration.dataDir);
    if (folder !== null) yield await lookAtFolder(folder);
    if (configuration.changes === 'kafka') yield await lookAtKafka(configuration);
    step = 'server';
    const server = await runningServer(configuration.dataDir);
    yield await lookAtServer(server);
    step = 'PostgreSQL';
    if (!configuration.urls && folder === null) {
      yield well('PostgreSQL', `none was made in ${configuration.dataDir} yet; "npx orderkeel start" makes it`);
      return;
    }
    const located = await locate(configuration, slot);
    try {
      yield* lookInside({ configuration, located, slot, server });
    } finally {
      await located.embedded?.stop();
    }
  } catch (failure) {
    // What lies behind it cannot be looked at.
    yield found(step, 'cannot be used', error(explain(failure).text));
  }
}

/** The database as it is; a user's own server is judged afterwards, and not refused here. */
async function locate(configuration: Configuration, slot: string): Promise<LocatedDatabase> {
  const silent = { info: () => undefined, warn: () => undefined };
  return (await runningDatabase(configuration)) ?? locateDatabase(configuration, slot, { log: silent });
}
