import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * A server that closes waits for its connections, so none may stay open longer than its answer takes. Node itself ends
 * those that wait between two requests; here end those that never asked (browsers open some ahead), those whose answer
 * is under way, with that answer, and after `closeWithinMs` those whose client does not read it.
 */
export function endConnectionsOnClose(server: FastifyInstance, closeWithinMs: number): void {
  const unused = new Set<Socket>();
  let isClosing = false;
  server.server.on('connection', (socket: Socket) => {
    unused.add(socket.once('close', () => unused.delete(socket)));
  });
  server.server.on('request', ({ socket }: IncomingMessage) => unused.delete(socket));
  server.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close');
  });
  server.addHook('preClose', async () => {
    isClosing = true;
    for (const socket of unused) socket.destroy();
    setTimeout(() => server.server.closeAllConnections(), closeWithinMs).unref();
  });
}
