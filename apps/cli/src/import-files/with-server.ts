import { dataFolder, runningServer } from '../reach/running-server.js';
import { startOwnServer } from './own-server.js';

interface Duration {
  /** Ends the start of a server, and the work. */
  readonly signal: AbortSignal;
  /** Told that a server is started. */
  readonly tell: (line: string) => void;
}

/** Done with a server; `signal` aborts when that must end, with the reason. */
type Work = (baseUrl: string, signal: AbortSignal) => Promise<void>;

/** Works with the running server of the data folder; where none runs, with one on any free port that ends with the work. */
export async function withServer({ signal, tell }: Duration, work: Work): Promise<void> {
  const running = await runningServer(dataFolder());
  if (running?.url) return work(running.url, signal);
  tell('No Orderkeel runs on this data folder: starting one for the time of the import');
  const server = await startOwnServer(signal);
  try {
    await work(server.url, AbortSignal.any([signal, server.ended]));
  } finally {
    await server.stop();
  }
}
