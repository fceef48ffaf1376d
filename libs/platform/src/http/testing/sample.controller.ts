import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BatchRoute } from '../batch/batch-route.js';
import { EventStreams } from '../events/event-streams.js';
import { Pages } from '../lists/pages.js';
import { Answers, AnswersText } from '../openapi/answers.js';
import { Refuses } from '../openapi/problem-answers.js';
import { Problem } from '../problem/problem.js';
import { validateBody } from '../validation/validate.js';
import { eventsOf, flood } from './sample-events.js';
import {
  BatchResults,
  ID,
  intent,
  IntentBatch,
  IntentIn,
  IntentList,
  IntentOut,
  IntentPath,
  IntentQuery,
} from './sample.schema.js';

/** What the failing route throws; set by the test that asks. */
export const trouble: { error: unknown } = { error: undefined };
/** One route of each kind. */
@Controller('intents')
export class SampleController {
  constructor(
    private readonly pages: Pages,
    private readonly streams: EventStreams,
  ) {}

  @Post()
  @HttpCode(202)
  @Answers(202, IntentOut, 'Received')
  @Refuses('intent-already-accepted')
  receive(@Body() body: IntentIn): { id: string; quantity: string } {
    return { id: ID, quantity: body.quantity };
  }

  @Post('batch')
  @BatchRoute()
  @Answers(200, BatchResults, 'One result for each')
  receiveMany(@Body() { intents }: IntentBatch): { results: boolean[] } {
    return { results: intents.map((each) => 'value' in validateBody(intent, each)) };
  }

  @Get()
  @Answers(200, IntentList, 'A page')
  list(@Query() query: IntentQuery) {
    return this.pages.read(query, {
      route: 'GET /intents',
      read: async ([after = 0] = [], count) =>
        Array.from({ length: count }, (_, index) => ({ sku: `S${+after + index + 1}` })),
      positionOf: ({ sku }) => [sku.slice(1)],
    });
  }

  @Get('flood')
  @AnswersText('text/event-stream', 'More than anybody reads')
  async flood(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.streams.open(request, reply, flood);
  }

  @Get(':id')
  @Answers(200, IntentOut, 'The intent')
  @Refuses('not-found')
  read(@Param() { id }: IntentPath): { id: string; quantity: string } {
    if (id !== ID) throw Problem.notFound(`intent ${id}`);
    return { id, quantity: '1' };
  }

  @Post(':id/fail')
  @Answers(200, IntentOut, 'Never')
  fail(@Param() _path: IntentPath): never {
    throw trouble.error;
  }

  @Get(':id/events')
  @AnswersText('text/event-stream', 'Events')
  async events(@Param() { id }: IntentPath, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.streams.open(request, reply, (signal) => eventsOf(id, signal), 20);
  }
}
