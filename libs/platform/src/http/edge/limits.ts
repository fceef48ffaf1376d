import { RouteConfig } from '@nestjs/platform-fastify';

/** Bytes of a body where the route says nothing else (interfaces 3). */
export const SINGLE_BODY_BYTES = 1024 * 1024;
const BATCH_BODY_BYTES = 16 * 1024 * 1024;

/** A route that takes a batch: bodies of up to 16 MiB (interfaces 3). */
export function BatchRoute(): MethodDecorator {
  return RouteConfig({ bodyLimit: BATCH_BODY_BYTES });
}
