import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Database, Pages, Problem, Refuses, RequestCaller, type Caller } from '@orderkeel/platform';
import { OrderList, OrderOut, OrderPath, OrdersQuery } from './order.schema.js';
import { searchOrders } from './order-search.js';
import { findOrder, positionOfOrder, readOrders } from './orders.store.js';

/** Orders over HTTP (interfaces 3). */
@ApiTags('orders')
@Controller('orders')
export class OrdersController {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  @Get()
  @Answers(200, OrderList, 'Newest first')
  list(@Query() query: OrdersQuery, @RequestCaller() caller: Caller) {
    return this.pages.read(query, {
      route: 'GET /orders',
      read: async (after, count) => {
        const ids = await searchOrders(this.database, caller, query, after, count);
        return this.database.lookUp(caller, (tx) => readOrders(tx, ids));
      },
      positionOf: positionOfOrder,
    });
  }

  @Get(':orderId')
  @Answers(200, OrderOut, 'The order, its adjustments, and as it stands now')
  @Refuses('not-found')
  async read(@Param() { orderId }: OrderPath, @RequestCaller() caller: Caller) {
    const order = await this.database.lookUp(caller, (tx) => findOrder(tx, orderId));
    if (!order) throw Problem.notFound(`order ${orderId}`);
    return order;
  }
}
