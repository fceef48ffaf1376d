import { dataFolder, runningServer } from '../reach/running-server.js';

interface Duration {
  readonly signal: AbortSignal;
  /** Told what starting takes. */
  readonly tell: (line: string) => void;
}

/** Works with the running server of the data folder; where none runs, with one on any free port that ends with the work. */
export async function withServer({ signal, tell }: Duration, work: (baseUrl: string) => Promise<void>): Promise<void> {
  const running = await runningServer(dataFolder());
  if (running?.url) return work(running.url);
  const { builtDeclarations, openLog, readConfiguration, startServer } = await import('../../../server/src/index.js');
  const configuration = readConfiguration({ ...process.env, ORDERKEEL_PORT: '0' }, builtDeclarations);
  const log = openLog(process.env['ORDERKEEL_LOG_LEVEL'] ? configuration.logLevel : 'warn');
  const people = { info: tell, warn: (message: string) => log.warn(message) };
  tell('No Orderkeel runs on this data folder: starting one for the time of the import');
  const server = await startServer(configuration, log, {}, { people, signal });
  try {
    await work(server.url);
  } finally {
    await server.stop();
  }
}
