import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Refuses, RequestCaller, type Caller } from '@orderkeel/platform';
import { OrderOut, OrderPath } from '../read-orders/order.schema.js';
import { Revisions } from '../revise-order/revisions.js';
import { CancelIn } from './cancel.schema.js';

/** `POST /orders/{orderId}/cancel` (interfaces 3): the order is void from then on; others unwind (order S1.43). */
@ApiTags('orders')
@Controller('orders/:orderId/cancel')
export class CancelOrderController {
  constructor(private readonly revisions: Revisions) {}

  @Post()
  @HttpCode(200)
  @Answers(200, OrderOut, 'The cancelled order')
  @Refuses('not-found', 'already-cancelled', 'stale-revision', 'idempotency-key-reused')
  async cancel(@Param() { orderId }: OrderPath, @Body() body: CancelIn, @RequestCaller() caller: Caller) {
    const { actor, ...wish } = body;
    const { order } = await this.revisions.revise(caller, {
      route: 'POST /orders/{orderId}/cancel',
      orderId,
      actor,
      wish: { kind: 'cancel', changes: [], ...wish },
      status: { statusCode: 'order:cancelled', payload: {} },
    });
    return order;
  }
}
