import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { FastifyInstance } from 'fastify';

/** How much of a refused body is read and thrown away at most. */
export interface DrainLimits {
  readonly bytes: number;
  readonly ms: number;
}

const LIMITS: DrainLimits = { bytes: 64 * 1024 * 1024, ms: 10_000 };

/**
 * Ordinary clients read no answer before they have sent their whole body, and a connection that is closed over unread
 * bytes is reset, which takes the answer with it. So a body that is refused in the middle (413, interfaces 3) is
 * thrown away to its end before the answer goes out and the connection is closed.
 */
export function drainRefusedBodies(server: FastifyInstance): void {
  server.addHook('onSend', async ({ raw }, reply) => {
    if (reply.getHeader('connection') === 'close' && !raw.complete) await drained(raw, LIMITS);
  });
}

/** Reads a body to its end, or until a limit or the sender's end; never throws, and leaves the stream as it is. */
export async function drained(body: Readable, { bytes, ms }: DrainLimits): Promise<void> {
  const enough = new AbortController();
  let left = bytes;
  const count = (chunk: Buffer): void => {
    left -= chunk.length;
    if (left >= 0) return;
    // At once, because a source that never waits leaves no other moment for it.
    body.pause();
    enough.abort();
  };
  body.on('data', count);
  const signal = AbortSignal.any([enough.signal, AbortSignal.timeout(ms)]);
  await finished(body, { signal, cleanup: true }).catch(() => undefined);
  body.off('data', count).pause();
}
