import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AnswersText, Database, EventStreams, Refuses, RequestCaller, type Caller } from '@orderkeel/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { visibleOrder } from '../data/visible-order.js';
import { OrderPath } from '../read-orders/order.schema.js';
import { Timelines } from './timelines.js';

/**
 * `GET /orders/{orderId}/timeline/events` (interfaces 5). `Last-Event-ID` is not needed: after a cut everything is sent
 * again, so that nothing can be left out, and `data.id` tells what came before.
 */
@ApiTags('timelines')
@Controller('orders/:orderId/timeline/events')
export class TimelineEventsController {
  constructor(
    private readonly database: Database,
    private readonly streams: EventStreams,
    private readonly timelines: Timelines,
  ) {}

  @Get()
  @AnswersText('text/event-stream', 'Entries as `status` events: those so far, then `caught-up`, then live')
  @Refuses('not-found', 'overloaded')
  async follow(
    @Param() { orderId }: OrderPath,
    @RequestCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await visibleOrder(this.database, caller, orderId);
    this.timelines.refuseWhenFull();
    await this.streams.open(request, reply, (signal) => this.timelines.follow(caller, orderId, signal));
  }
}
