import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { startServer, type ServerProcess, type ServerStart } from './server-process.js';
import { codeOf } from './start-error.js';

const LEFT_OVER_PATIENCE_MS = 15_000;
const PORT_ATTEMPTS = 5;

/**
 * Starts a server on `port`, or on a free one when none is asked for. Another program may take a free port before the
 * server does: then the next one is tried. Backends of a killed server need a moment to notice that it is gone: they are
 * waited for.
 */
export async function startOnPort(start: Omit<ServerStart, 'port'>, port: number | undefined): Promise<ServerProcess> {
  const endMs = performance.now() + LEFT_OVER_PATIENCE_MS;
  for (let attempt = 1; ; attempt++) {
    try {
      return await startServer({ ...start, port: port ?? (await freePort()) });
    } catch (error) {
      const code = codeOf(error);
      const otherPort = code === 'port-taken' && port === undefined && attempt < PORT_ATTEMPTS;
      const soonGone = code === 'left-over-processes' && performance.now() < endMs;
      if (start.signal?.aborted === true || !(otherPort || soonGone)) throw error;
      await delay(100);
    }
  }
}

/** A port of 127.0.0.1 that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
