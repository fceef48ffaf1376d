import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { pathOf } from '../http/problem/answer-problem.js';
import { Problem } from '../http/problem/problem.js';
import { ownerOf } from '../module/route-owner.js';
import { EnabledModules } from './enabled-modules.js';

/**
 * A module that is switched off has no route (interfaces 6): what asks for one is refused before its body is read, as it
 * will be after the next start, when the route is not even made. A process that did not switch it itself hears of it
 * within a second.
 */
@Injectable()
export class ModuleRoutes implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly enabled: EnabledModules,
  ) {}

  onModuleInit(): void {
    // Commands and specs build the modules without a server.
    const adapter = this.host.httpAdapter as FastifyAdapter | undefined;
    adapter?.getInstance().addHook('onRequest', async (request) => {
      const module = ownerOf(request);
      if (module === undefined || (await this.enabled.has(module))) return;
      throw new Problem('not-found', `There is nothing at ${pathOf(request)}`);
    });
  }
}
