import type { Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import type { FastifyRequest } from 'fastify';

/** Writes the module's name into the configuration of each route of its controllers, where `ownerOf` finds it. */
export function ownRoutes(module: string, controllers: readonly Type[]): void {
  for (const method of controllers.flatMap(methodsOf)) {
    const config: unknown = Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, method);
    RouteConfig({ ...(config as object | undefined), module })(method);
  }
}

function methodsOf({ prototype }: Type): (() => unknown)[] {
  const members = Object.entries(Object.getOwnPropertyDescriptors(prototype));
  return members.flatMap(([name, { value }]) =>
    name !== 'constructor' && typeof value === 'function' ? [value as () => unknown] : [],
  );
}

/** The module whose route a request has met, as far as the module said so; before its body is read. */
export function ownerOf(request: FastifyRequest): string | undefined {
  return (request.routeOptions.config as { module?: string } | undefined)?.module;
}
