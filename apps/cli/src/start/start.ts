import {
  builtDeclarations,
  openLog,
  readConfiguration,
  startServer,
  unknownVariables,
  type Configuration,
  type RunningServer,
} from '../../../server/src/index.js';
import { runDemo } from '../demo/run-demo.js';
import { explain } from '../exit/explain.js';
import { aborted, whenToldToStop } from '../exit/stopping.js';
import { say } from '../terminal/say.js';
import { beginning } from './beginning.js';
import { boundHeapGrowth } from './heap-growth.js';
import type { StartOptions } from './start.command.js';
import { thingsToTry } from './things-to-try.js';

/** Starts, brings in the demo where it is due, and stays until it is told to stop. */
export async function start(options: StartOptions): Promise<void> {
  boundHeapGrowth();
  const variables = { ...process.env, ...(options.port === undefined ? {} : { ORDERKEEL_PORT: options.port }) };
  const configuration = readConfiguration(variables, builtDeclarations);
  const log = openLog(levelOf(configuration));
  const signal = whenToldToStop();
  for (const name of unknownVariables(variables)) log.warn(`${name} means nothing to Orderkeel; is it misspelt?`);
  say(...beginning(configuration));
  try {
    const server = await startServer(configuration, log, {}, { signal });
    say(`Orderkeel is listening on ${server.url}`);
    await serve(server, options.demo, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    say('', 'Stopped before it was up.');
  }
}

async function serve(server: RunningServer, demo: boolean, signal: AbortSignal): Promise<void> {
  try {
    await introduce(server, demo, signal);
    await Promise.race([aborted(signal), server.failed]);
    say('', 'Stopping ...');
  } finally {
    await server.stop();
  }
  say('Stopped. The data stays, and the next start goes on from there.');
  // A demo that was cut may still wait for the server that is gone.
  process.exit();
}

/** What is said and done for people once it listens; it serves whatever comes of that. */
async function introduce(server: RunningServer, demo: boolean, signal: AbortSignal): Promise<void> {
  try {
    if (!server.serves) return say('The API is left to other processes; here are health, metrics and operations.');
    if (demo) await runDemo(server, signal);
    if (!signal.aborted) say(...(await thingsToTry(server.url)), '', 'Ctrl-C stops it; the data stays.');
  } catch (error) {
    process.stderr.write(`${explain(error).text}\n`);
  }
}

/**
 * On a terminal that nobody has asked for more, the log keeps to warnings: there it would be written between the lines
 * for people. Everywhere else it is what interfaces 6 says.
 */
function levelOf({ logLevel }: Configuration): string {
  const isAsked = Boolean(process.env['ORDERKEEL_LOG_LEVEL']);
  return process.stderr.isTTY && !isAsked ? 'warn' : logLevel;
}
