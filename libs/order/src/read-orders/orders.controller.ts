import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Cursors, Database, Problem, Refuses, RequestCaller, type Caller } from '@orderkeel/platform';
import { readPage } from '../data/page.js';
import { OrderList, OrderOut, OrderPath, OrdersQuery } from './order.schema.js';
import { searchOrders } from './order-search.js';
import { findOrder, positionOfOrder, readOrders } from './orders.store.js';

/** Orders over HTTP (interfaces 3). */
@ApiTags('orders')
@Controller('orders')
export class OrdersController {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  @Get()
  @Answers(200, OrderList, 'Newest first')
  list(@Query() { limit, cursor, ...filters }: OrdersQuery, @RequestCaller() caller: Caller) {
    return readPage(
      this.cursors,
      { limit, cursor },
      {
        route: 'GET /orders',
        read: async (after, count) => {
          const ids = await searchOrders(this.database, caller, filters, after, count);
          return this.database.read(caller, (tx) => readOrders(tx, ids));
        },
        positionOf: positionOfOrder,
      },
    );
  }

  @Get(':orderId')
  @Answers(200, OrderOut, 'The order, its adjustments, and as it stands now')
  @Refuses('not-found')
  async read(@Param() { orderId }: OrderPath, @RequestCaller() caller: Caller) {
    const order = await this.database.read(caller, (tx) => findOrder(tx, orderId));
    if (!order) throw Problem.notFound(`order ${orderId}`);
    return order;
  }
}
