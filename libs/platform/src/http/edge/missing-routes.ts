import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.js';
import { pathOf } from '../problem/answer-problem.js';
import type { RouteTable } from './route-table.js';

/**
 * Refuses what has no route before its body is read: 404, 405 with `Allow` where the path has other methods, and
 * answers OPTIONS with what a path has.
 */
export function refuseMissingRoutes(server: FastifyInstance, table: RouteTable): void {
  server.addHook('onRequest', async (request, reply) => {
    if (request.is404) return answerMiss(request, reply, table);
  });
}

function answerMiss(request: FastifyRequest, reply: FastifyReply, table: RouteTable): FastifyReply {
  const path = pathOf(request);
  const methods = table.methodsOf(path);
  if (methods.length === 0) throw new Problem('not-found', `There is nothing at ${path}`);
  const allow = methods.join(', ');
  if (request.method === 'OPTIONS') return reply.code(204).header('allow', allow).send();
  throw new Problem('method-not-allowed', `${path} knows ${allow}`, { headers: { allow } });
}
