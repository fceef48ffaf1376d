import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { validateBody, validateParameters, valueOrProblem } from './validate.js';

const NOTHING = z.strictObject({});

/**
 * Unknown fields are refused on HTTP (interfaces 1), also by routes that take none at all: where a route has no query
 * or no body parameter, no pipe would ever look at what was sent. An empty body and `{}` say nothing and pass.
 */
export class RefuseUntaken implements CanActivate {
  /** @throws Problem `invalid-request` */
  canActivate(context: ExecutionContext): boolean {
    const { query, body } = context.switchToHttp().getRequest<FastifyRequest>();
    const taken = takenBy(context);
    if (!taken.has(RouteParamtypes.QUERY)) valueOrProblem(validateParameters(NOTHING, query));
    if (!taken.has(RouteParamtypes.BODY) && body !== undefined) valueOrProblem(validateBody(NOTHING, body));
    return true;
  }
}

/** Nest keeps a route's parameters as `kind:position`. */
function takenBy(context: ExecutionContext): Set<number> {
  const found: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name);
  return new Set(Object.keys(found ?? {}).map((key) => Number.parseInt(key, 10)));
}
