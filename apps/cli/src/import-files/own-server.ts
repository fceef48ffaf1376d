import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CommandFailure } from '../exit/command-failure.js';

/** A server that this program started for itself. */
export interface OwnServer {
  readonly url: string;
  /** Aborts when the server ends before it is told to. */
  readonly ended: AbortSignal;
  /** Stops it in order; resolves when it is gone. */
  stop(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL('../main.js', import.meta.url));
const LISTENING = /^Orderkeel is listening on (\S+)$/;

/**
 * Starts a server on any free port, in a process of its own, so that neither holds the other's memory. It ends when this
 * process does, however that ends (`whenToldToStop`). Its log keeps to warnings unless the environment asks for more.
 * Throws where the signal aborts, and CommandFailure `told` where it does not start: it has said why itself.
 */
export async function startOwnServer(signal: AbortSignal): Promise<OwnServer> {
  signal.throwIfAborted();
  const child = fork(PROGRAM, ['start', '--no-demo', '--port', '0'], {
    env: { ...process.env, ORDERKEEL_LOG_LEVEL: process.env['ORDERKEEL_LOG_LEVEL'] || 'warn' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = new AbortController();
  const exit = once(child, 'exit').finally(() => ended.abort(endedEarly(child)));
  const letGo = () => void (child.connected && child.disconnect());
  const stop = async () => {
    letGo();
    await exit;
  };
  signal.addEventListener('abort', letGo, { once: true });
  const url = await listeningUrl(child);
  if (url !== undefined) return { url, ended: ended.signal, stop };
  await exit;
  signal.throwIfAborted();
  throw new CommandFailure('told', '');
}

/** Undefined where it ends before it listens. Reads on after that, so that it never waits for us to. */
async function listeningUrl({ stdout }: ChildProcess): Promise<string | undefined> {
  const lines = createInterface({ input: stdout! });
  return new Promise((resolve) => {
    lines.on('line', (line) => {
      const [, url] = LISTENING.exec(line) ?? [];
      if (url) resolve(url);
    });
    lines.once('close', () => resolve(undefined));
  });
}

function endedEarly({ exitCode, signalCode }: ChildProcess): CommandFailure {
  const how = signalCode ?? `exit code ${exitCode}`;
  return new CommandFailure(
    'no-answer',
    `The server that was started for the import has ended (${how}). Run the import again: it goes on from where it was.`,
  );
}
