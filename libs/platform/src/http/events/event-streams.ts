import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FIRST_FRAME, frameOf, HEARTBEAT_FRAME, type ServerSentEvent } from './event-frame.js';

/** Where a stream's events come from; the signal fires when nobody listens any more. */
export type EventSource = (signal: AbortSignal) => AsyncIterable<ServerSentEvent>;

/** Milliseconds between comment lines (interfaces 5). */
const HEARTBEAT_MS = 15_000;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Proxies of the nginx kind would hold events back.
  'x-accel-buffering': 'no',
};

/** The open event streams of this process. A shutdown ends them, so that it does not wait for their clients. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly closing = new AbortController();

  /** Fires when the server begins to shut down; long waits of other routes end with it as well. */
  get shutdown(): AbortSignal {
    return this.closing.signal;
  }

  onModuleDestroy(): void {
    this.closing.abort();
  }

  /**
   * Answers with the source's events, in its order and at the client's pace: the source is asked for its next event
   * only when the one before is on its way. Refuse (404 and the like) before opening: afterwards the head is sent.
   */
  async open(
    request: FastifyRequest,
    reply: FastifyReply,
    source: EventSource,
    heartbeatMs = HEARTBEAT_MS,
  ): Promise<FastifyReply> {
    if (request.method === 'HEAD') return reply.headers(HEADERS).send('');
    const out = new PassThrough();
    const gone = new AbortController();
    out.once('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, this.closing.signal]);
    void pump(source, out, signal, heartbeatMs).catch((error: unknown) => {
      if (!signal.aborted) request.log.error({ err: error, requestId: request.id }, 'An event stream broke');
      out.destroy(error as Error);
    });
    return reply.headers(HEADERS).send(out);
  }
}

/** Ends normally on shutdown, so that the client sees an orderly end and comes back elsewhere. */
async function pump(source: EventSource, out: PassThrough, signal: AbortSignal, heartbeatMs: number): Promise<void> {
  const heart = setInterval(() => void (out.writableNeedDrain || out.write(HEARTBEAT_FRAME)), heartbeatMs);
  const end = (): void => {
    clearInterval(heart);
    out.end();
  };
  signal.addEventListener('abort', end, { once: true });
  try {
    out.write(FIRST_FRAME);
    for await (const event of source(signal)) {
      if (signal.aborted) return;
      if (!out.write(frameOf(event))) await once(out, 'drain', { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
