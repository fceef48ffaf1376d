import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Database, Refuses, RequestCaller, type Caller } from '@orderkeel/platform';
import { visibleOrder } from '../data/visible-order.js';
import { OrderPath } from '../read-orders/order.schema.js';
import { TimelineOut } from './entry.schema.js';
import { readTimeline } from './timeline.store.js';

/** `GET /orders/{orderId}/timeline` (interfaces 3). */
@ApiTags('timelines')
@Controller('orders/:orderId/timeline')
export class TimelineController {
  constructor(private readonly database: Database) {}

  @Get()
  @Answers(200, TimelineOut, 'All entries, in order of recordedAt, then seq')
  @Refuses('not-found')
  async read(@Param() { orderId }: OrderPath, @RequestCaller() caller: Caller) {
    const entries = await this.database.lookUp(caller, (tx) => readTimeline(tx, orderId));
    // Entries are of their order's tenant, so whoever sees one sees the order.
    if (entries.length === 0) await visibleOrder(this.database, caller, orderId);
    return { orderId, entries };
  }
}
