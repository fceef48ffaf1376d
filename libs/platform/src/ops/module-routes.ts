import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { pathOf } from '../http/problem/answer-problem.js';
import { Problem } from '../http/problem/problem.js';
import { ownerOf } from '../module/route-owner.js';
import { EnabledModules } from './enabled-modules.js';

/** What every process has. */
const OPERATIONS = /^\/(health|metrics|ops)(\/|$)/;

/** Injection token: false in a process that runs executors and leaves the API to others. */
export const API_SERVED = Symbol('ApiServed');

/**
 * A module that is switched off has no route (interfaces 6): what asks for one is refused before its body is read, as it
 * will be after the next start, when the route is not even made. A process that did not switch it itself hears of it
 * within a second. A process that leaves the API to others has health, metrics and operations, and nothing else.
 */
@Injectable()
export class ModuleRoutes implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly enabled: EnabledModules,
    @Inject(API_SERVED) private readonly serves: boolean,
  ) {}

  onModuleInit(): void {
    // Commands and specs build the modules without a server.
    const adapter = this.host.httpAdapter as FastifyAdapter | undefined;
    adapter?.getInstance().addHook('onRequest', async (request) => {
      if (await this.isThere(request)) return;
      throw new Problem('not-found', `There is nothing at ${pathOf(request)}`);
    });
  }

  private async isThere(request: FastifyRequest): Promise<boolean> {
    if (!this.serves) return OPERATIONS.test(pathOf(request));
    const module = ownerOf(request);
    return module === undefined || this.enabled.has(module);
  }
}
