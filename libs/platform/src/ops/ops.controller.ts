import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller } from '../database/database.js';
import { RequestCaller } from '../http/edge/caller.decorator.js';
import { Pages } from '../http/lists/pages.js';
import { Answers } from '../http/openapi/answers.js';
import { Refuses } from '../http/openapi/problem-answers.js';
import { Problem } from '../http/problem/problem.js';
import type { ConsumerState } from '../reaction/consumer.store.js';
import { Consumers } from './consumers.js';
import { InstalledModules } from './installed-modules.js';
import { ModuleSwitches } from './module-switches.js';
import {
  ConsumerList,
  ConsumerStateOut,
  ExecutorPath,
  ModuleList,
  OnePageQuery,
  ModulePath,
  ModuleSwitched,
  ParkedDone,
  ParkedList,
  ParkedOut,
  ParkedPath,
  ParkedQuery,
  SkipIn,
} from './ops.schema.js';
import { ParkedKeys } from './parked-keys.js';

/** Operations: modules, executors, lag, parked keys (interfaces 3; modules: architecture 10). */
@ApiTags('operations')
@Controller('ops')
export class OpsController {
  constructor(
    private readonly consumers: Consumers,
    private readonly parked: ParkedKeys,
    private readonly modules: InstalledModules,
    private readonly switches: ModuleSwitches,
    private readonly pages: Pages,
  ) {}

  @Get('modules')
  @Answers(200, ModuleList, 'Every module that was built, and whether this installation has it switched on')
  async listModules(@Query() _page: OnePageQuery) {
    return { items: await this.modules.list(), nextCursor: null };
  }

  @Post('modules/:module/enable')
  @HttpCode(200)
  @Answers(
    200,
    ModuleSwitched,
    'It is on, where it was off at the start from the next start on; what it missed is caught up with',
  )
  @Refuses('not-found')
  async enable(@Param() { module }: ModulePath) {
    await this.switches.set(module, true);
    return { module, enabled: true };
  }

  @Post('modules/:module/disable')
  @HttpCode(200)
  @Answers(200, ModuleSwitched, 'Its executors stop and its routes are gone, at once')
  @Refuses('not-found')
  async disable(@Param() { module }: ModulePath) {
    await this.switches.set(module, false);
    return { module, enabled: false };
  }

  @Get('consumers')
  @Answers(200, ConsumerList, 'Every executor that was built')
  async list(@Query() _page: OnePageQuery) {
    return { items: await this.consumers.list(), nextCursor: null };
  }

  @Post('consumers/:executor/pause')
  @HttpCode(200)
  @Answers(200, ConsumerStateOut, 'It stops after the batch at hand')
  @Refuses('not-found')
  async pause(@Param() { executor }: ExecutorPath) {
    return answer(executor, await this.consumers.pause(executor));
  }

  @Post('consumers/:executor/resume')
  @HttpCode(200)
  @Answers(200, ConsumerStateOut, 'It goes on from where it stopped')
  @Refuses('not-found')
  async resume(@Param() { executor }: ExecutorPath) {
    return answer(executor, await this.consumers.resume(executor));
  }

  @Get('parked')
  @Answers(200, ParkedList, 'Keys whose events failed, in order of executor and key')
  parkedKeys(@Query() query: ParkedQuery) {
    return this.pages.read(query, {
      route: 'GET /ops/parked',
      read: (after, count) => this.parked.list(after, count),
      positionOf: ({ executor, key }) => [executor, key],
    });
  }

  @Get('parked/:executor/:key')
  @Answers(200, ParkedOut, 'The key and the events that wait behind it, at most 100')
  @Refuses('not-found')
  async show(@Param() { executor, key }: ParkedPath) {
    return (await this.parked.show(executor, key)) ?? missing(executor, key);
  }

  @Post('parked/:executor/:key/retry')
  @HttpCode(200)
  @Answers(200, ParkedDone, 'It is tried again within about a second')
  @Refuses('not-found')
  async retry(@Param() { executor, key }: ParkedPath) {
    return (await this.parked.retry(executor, key)) ? { executor, key } : missing(executor, key);
  }

  @Post('parked/:executor/:key/skip')
  @HttpCode(200)
  @Answers(200, ParkedDone, 'Its events are put aside, with the reason')
  @Refuses('not-found')
  async skip(@Param() { executor, key }: ParkedPath, @Body() body: SkipIn, @RequestCaller() caller: Caller) {
    const events = await this.parked.skip(executor, key, { reason: body.reason, actor: body.actor ?? caller.actor });
    return events === null ? missing(executor, key) : { executor, key, events };
  }
}

function answer(executor: string, state: ConsumerState | null) {
  if (state === null) throw Problem.notFound(`executor ${executor}`);
  return { executor, state };
}

function missing(executor: string, key: string): never {
  throw Problem.notFound(`parked key ${key} of ${executor}`);
}
