import { resolve } from 'node:path';
import { readServerFile } from '../../../server/src/server-file.js';
import { CommandFailure } from '../exit/command-failure.js';
import type { Answer, Reached } from './reached.js';

const ANSWER_WITHIN_MS = 30_000;
/** A server that is alive answers this at once; one that hangs is told apart from one that is gone. */
const ALIVE_WITHIN_MS = 5_000;

/** The data folder that the environment names (interfaces 6). */
export function dataFolder(): string {
  return resolve(process.env['ORDERKEEL_DATA_DIR'] || '.orderkeel');
}

/** The server that runs on a data folder; null when none does. */
export async function runningServer(dataDir: string): Promise<Reached | null> {
  const file = await readServerFile(dataDir);
  return file === null || !(await listens(file.url)) ? null : serverAt(file.url);
}

/** The server at an address that is known to be right. */
export function serverAt(url: string): Reached {
  return {
    via: 'server',
    url,
    ask: (method, path, body) => request(url, method, path, body),
    close: () => Promise.resolve(),
  };
}

async function request(url: string, method: string, path: string, body: unknown): Promise<Answer> {
  try {
    const response = await fetch(`${url}${path}`, {
      method,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  } catch (error) {
    throw noAnswer(url, error);
  }
}

/** False where the process id of a killed server was given to another program, and nobody listens. */
async function listens(url: string): Promise<boolean> {
  try {
    await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(ALIVE_WITHIN_MS) });
    return true;
  } catch (error) {
    if ((error as { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED') return false;
    throw noAnswer(url, error);
  }
}

function noAnswer(url: string, cause: unknown): CommandFailure {
  const advice = 'see its log, or stop it and start it again';
  return new CommandFailure('no-answer', `Orderkeel runs at ${url} but does not answer: ${advice}.`, cause);
}
