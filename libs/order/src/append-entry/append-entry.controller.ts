import { Body, Controller, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  Answers,
  CLOCK,
  Database,
  idempotent,
  Problem,
  Refuses,
  RequestCaller,
  type Caller,
  type Clock,
} from '@orderkeel/platform';
import type { StatusWord } from '@orderkeel/platform/contract';
import type { FastifyReply } from 'fastify';
import { Refusal } from '../data/refusal.js';
import { visibleOrder } from '../data/visible-order.js';
import { orderVocabulary } from '../order.vocabulary.js';
import { OrderPath } from '../read-orders/order.schema.js';
import { EntryOut } from '../read-timeline/entry.schema.js';
import { appendEntry } from './append-entry.js';
import { EntryIn } from './append-entry.schema.js';
import { decideWord, isTooFarAhead } from './entry.decide.js';

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
      throw tooFarAhead;
    const word = wordOf(body.statusCode);
    const order = await visibleOrder(this.database, caller, orderId);
    const { idempotencyKey: key, writtenBy = caller.actor, ...entry } = body;
    const command = {
      route: 'POST /orders/{orderId}/statuses',
      object: orderId,
      key,
      content: { ...entry, writtenBy },
    };
    const { result, repeated } = await this.database.command('order', { ...caller, actor: writtenBy }, (tx) =>
      idempotent(tx, command, () => appendEntry(tx, order, word, entry)),
    );
    void reply.status(repeated ? 200 : 201);
    return result;
  }
}

function wordOf(statusCode: string): StatusWord {
  const decision = decideWord(orderVocabulary, statusCode);
  if ('word' in decision) return decision.word;
  if (decision.refused === 'closes-nothing') throw closesNothing;
  const why = {
    'namespace-forbidden': 'may not be written from outside',
    'unknown-status-code': 'is not in the vocabulary',
  };
  throw new Refusal(decision.refused, `${statusCode} ${why[decision.refused]}`, {
    errors: [{ pointer: '/statusCode', code: decision.refused, message: why[decision.refused] }],
  });
}

const closesNothing = Problem.invalid([
  {
    pointer: '/statusCode',
    code: 'closes-nothing',
    message: 'is written by closing an entry: POST .../{entryId}/close',
  },
]);

const tooFarAhead = Problem.invalid([
  { pointer: '/recordedAt', code: 'too-far-ahead', message: 'must not be more than 5 minutes ahead' },
]);
