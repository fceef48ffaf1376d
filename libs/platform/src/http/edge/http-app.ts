import { NestFactory } from '@nestjs/core';
import type { DynamicModule, LoggerService, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { Metrics } from '../metrics/metrics.js';
import { measureRequests } from '../metrics/request-durations.js';
import { serveApiDocs } from '../openapi/api-docs.js';
import { ProblemFilter } from '../problem/problem.filter.js';
import { RequestPipe } from '../validation/request.pipe.js';
import { RefuseUntaken } from '../validation/untaken.guard.js';
import { fastifyServer } from './fastify-server.js';
import { RouteTable } from './route-table.js';

/** What the server's start decides. */
export interface HttpAppSettings {
  /** The program's log; requests that fail through our fault go there, as warn or error. */
  readonly logger: FastifyBaseLogger;
  /** Where Nest's own lines go; `false` for nowhere. */
  readonly nestLogger: LoggerService | false;
  /** Shown in the OpenAPI document. */
  readonly version: string;
  /** Documents that are served beside it, by name: /docs/<name>.json. */
  readonly documents?: Readonly<Record<string, object>>;
  /** Milliseconds that a request may take to arrive, 30,000 unless a test cannot wait (security 5.2). */
  readonly receiveTimeoutMs?: number;
  /** Milliseconds that answers get to finish when the server closes, 10,000 unless a test cannot wait. */
  readonly closeWithinMs?: number;
}

/** A server that is ready to listen. */
export interface HttpApp {
  readonly app: NestFastifyApplication;
  readonly document: OpenAPIObject;
  readonly routes: RouteTable;
}

const RECEIVE_TIMEOUT_MS = 30_000;
const CLOSE_WITHIN_MS = 10_000;

/**
 * Nest on Fastify with everything that interfaces 3 and 4 promise of every route. The root module imports
 * `HttpEdgeModule`; the caller lets the app listen.
 */
export async function createHttpApp(root: Type | DynamicModule, settings: HttpAppSettings): Promise<HttpApp> {
  const { logger, receiveTimeoutMs = RECEIVE_TIMEOUT_MS, closeWithinMs = CLOSE_WITHIN_MS } = settings;
  const routes = new RouteTable();
  const adapter = fastifyServer({ logger, receiveTimeoutMs, closeWithinMs }, routes);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    bodyParser: false,
    logger: settings.nestLogger,
    abortOnError: false,
  });
  // A page in somebody's browser must not reach a server on the loopback host that asks for no key.
  app.enableCsrfProtection();
  app.useSecurityHeaders({
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
  });
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalGuards(new RefuseUntaken());
  app.useGlobalPipes(new RequestPipe());
  measureRequests(adapter.getInstance<FastifyInstance>(), app.get(Metrics, { strict: false }));
  const document = serveApiDocs(app, settings.version, settings.documents);
  await app.init();
  return { app, document, routes };
}

/** The documentation's pages are the only ones; they bring their own scripts and inline styles. */
const CONTENT_SECURITY_POLICY = {
  'default-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'style-src': ["'self'", "'unsafe-inline'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};
