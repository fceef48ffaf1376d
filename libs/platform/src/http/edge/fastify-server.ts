import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { answerProblem } from '../problem/answer-problem.js';
import { answerClientError } from './client-errors.js';
import { endConnectionsOnClose } from './closing.js';
import { drainRefusedBodies } from './drain.js';
import { parseJsonBody } from './json-body.js';
import { SINGLE_BODY_BYTES } from './limits.js';
import { refuseMissingRoutes } from './missing-routes.js';
import { requestIdOf } from './request-id.js';
import type { RouteTable } from './route-table.js';
import { refuseUnreadable } from './unreadable.js';

/** What a server of ours may be told. */
export interface ServerSettings {
  readonly logger: FastifyBaseLogger;
  /** Milliseconds that a whole request may take to arrive; answers may take longer (security 5.2). */
  readonly receiveTimeoutMs: number;
  /** Milliseconds that answers under way get to finish when the server closes; then their connections are cut. */
  readonly closeWithinMs: number;
}

/** References of 255 characters may be in a path, each up to nine bytes when escaped. */
const MAX_PARAM_LENGTH = 2500;
/** Longer than what stands in front of us usually waits, so that the other side closes first. */
const KEEP_ALIVE_MS = 72_000;

/** Fastify as the edge needs it: JSON and nothing else, limits, request ids, problems for what the router refuses. */
export function fastifyServer(settings: ServerSettings, table: RouteTable): FastifyAdapter {
  const { logger, receiveTimeoutMs } = settings;
  const adapter = new FastifyAdapter({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: SINGLE_BODY_BYTES,
    requestTimeout: receiveTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Node looks for late requests only this often.
    http: { connectionsCheckingInterval: Math.min(5000, receiveTimeoutMs), headersTimeout: receiveTimeoutMs },
    requestIdHeader: false,
    genReqId: requestIdOf,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    clientErrorHandler: answerClientError,
    // What the router itself refuses passes no hook.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      reply.raw.setHeader('Request-Id', request.id);
      answerProblem(error, request, reply);
    },
  });
  const server = adapter.getInstance<FastifyInstance>();
  table.watch(server);
  server.addHook('onRequest', async (request, reply) => {
    // On the raw response, so that answers which bypass the reply carry it too.
    reply.raw.setHeader('Request-Id', request.id);
  });
  refuseMissingRoutes(server, table);
  refuseUnreadable(server);
  drainRefusedBodies(server);
  endConnectionsOnClose(server, settings.closeWithinMs);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) =>
    parseJsonBody(body),
  );
  return adapter;
}
