import { applyDecorators, HttpCode } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';

/** Bytes of a batch (interfaces 3). */
const BODY_BYTES = 16 * 1024 * 1024;

/** A route that takes a batch: bodies of up to 16 MiB, answered 200 whatever became of the items (interfaces 3). */
export function BatchRoute(): MethodDecorator {
  return applyDecorators(HttpCode(200), RouteConfig({ bodyLimit: BODY_BYTES }));
}
