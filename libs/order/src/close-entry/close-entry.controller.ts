import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Database, Problem, Refuses, RequestCaller, type Caller } from '@orderkeel/platform';
import { EntryPath } from '../append-entry/append-entry.schema.js';
import { visibleOrder } from '../data/visible-order.js';
import { EntryOut } from '../read-timeline/entry.schema.js';
import { findEntry } from '../read-timeline/timeline.store.js';
import { closeEntry } from './close-entry.js';
import { CloseIn } from './close-entry.schema.js';

/** `POST /orders/{orderId}/statuses/{entryId}/close` (interfaces 3). */
@ApiTags('timelines')
@Controller('orders/:orderId/statuses/:entryId/close')
export class CloseEntryController {
  constructor(private readonly database: Database) {}

  @Post()
  @Answers(201, EntryOut, 'The closing entry')
  @Refuses('not-found', 'already-closed')
  async close(@Param() { orderId, entryId }: EntryPath, @Body() body: CloseIn, @RequestCaller() caller: Caller) {
    const order = await visibleOrder(this.database, caller, orderId);
    const entry = await this.database.lookUp(caller, (tx) => findEntry(tx, orderId, entryId));
    if (!entry) throw Problem.notFound(`entry ${entryId} of order ${orderId}`);
    const { reason, writtenBy = caller.actor } = body;
    return this.database.command('order', { ...caller, actor: writtenBy }, (tx) =>
      closeEntry(tx, order, entryId, reason),
    );
  }
}
