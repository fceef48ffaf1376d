import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Problem, Refuses, RequestCaller, type Caller } from '@orderkeel/platform';
import type { FastifyReply } from 'fastify';
import { OrderOut, OrderPath } from '../read-orders/order.schema.js';
import { Revisions } from '../revise-order/revisions.js';
import { changeFaults, withoutFreeText } from './adjust.decide.js';
import { AdjustIn } from './adjust.schema.js';

/** `POST /orders/{orderId}/adjustments` (interfaces 3): quantities and notes, as an append (order S1.22, X5). */
@ApiTags('orders')
@Controller('orders/:orderId/adjustments')
export class AdjustOrderController {
  constructor(private readonly revisions: Revisions) {}

  @Post()
  @Answers(201, OrderOut, 'The adjusted order')
  @Answers(200, OrderOut, 'The idempotency key was used before: the first result')
  @Refuses('not-found', 'already-cancelled', 'stale-revision', 'idempotency-key-reused')
  async adjust(
    @Param() { orderId }: OrderPath,
    @Body() body: AdjustIn,
    @RequestCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { actor, ...wish } = body;
    const { order, repeated } = await this.revisions.revise(caller, {
      route: 'POST /orders/{orderId}/adjustments',
      orderId,
      actor,
      wish: { kind: 'adjust', ...wish },
      status: { statusCode: 'order:manually_adjusted', payload: { changes: withoutFreeText(wish.changes) } },
      check: (revised) => {
        const [first, ...more] = changeFaults(revised, wish.changes);
        if (first) throw Problem.invalid([first, ...more]);
      },
    });
    void reply.status(repeated ? 200 : 201);
    return order;
  }
}
