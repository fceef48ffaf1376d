import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  Answers,
  CLOCK,
  Database,
  idempotent,
  Refuses,
  RequestCaller,
  type Caller,
  type Clock,
} from '@orderkeel/platform';
import type { FastifyReply } from 'fastify';
import { visibleOrder } from '../data/visible-order.js';
import { orderVocabulary } from '../order.vocabulary.js';
import { OrderPath } from '../read-orders/order.schema.js';
import { EntryOut } from '../read-timeline/entry.schema.js';
import { appendEntry } from './append-entry.js';
import { EntryIn } from './append-entry.schema.js';
import { decideWord, isTooFarAhead } from './entry.decide.js';
import { refusedWord, tooFarAhead } from './refusals.js';

/** `POST /orders/{orderId}/statuses` (interfaces 3): operators' and outside systems' words. */
@ApiTags('timelines')
@Controller('orders/:orderId/statuses')
export class AppendEntryController {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Answers(201, EntryOut, 'The entry')
  @Answers(200, EntryOut, 'The idempotency key was used before: the first result')
  @Refuses('namespace-forbidden', 'not-found', 'unknown-status-code', 'idempotency-key-reused')
  async append(
    @Param() { orderId }: OrderPath,
    @Body() body: EntryIn,
    @RequestCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (body.recordedAt !== undefined && isTooFarAhead(Date.parse(body.recordedAt), this.clock.nowMs()))
      throw tooFarAhead();
    const decision = decideWord(orderVocabulary, body.statusCode);
    if ('refused' in decision) throw refusedWord(body.statusCode, decision.refused);
    const order = await visibleOrder(this.database, caller, orderId);
    const { idempotencyKey: key, writtenBy = caller.actor, ...entry } = body;
    const command = {
      route: 'POST /orders/{orderId}/statuses',
      object: orderId,
      key,
      content: { ...entry, writtenBy },
    };
    const { result, repeated } = await this.database.command('order', { ...caller, actor: writtenBy }, (tx) =>
      idempotent(tx, command, () => appendEntry(tx, order, decision.word, entry)),
    );
    void reply.status(repeated ? 200 : 201);
    return result;
  }
}
