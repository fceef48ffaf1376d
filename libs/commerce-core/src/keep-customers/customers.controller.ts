import { Body, Controller, Get, HttpStatus, Param, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  Answers,
  BatchRoute,
  Database,
  Pages,
  Problem,
  Refuses,
  RequestCaller,
  type Caller,
} from '@orderkeel/platform';
import type { FastifyReply } from 'fastify';
import { PutCountsOut } from '../data/answers.js';
import {
  CustomerBatch,
  CustomerIn,
  CustomerList,
  CustomerOut,
  CustomerPath,
  CustomerQuery,
} from './customers.schema.js';
import { customersAfter, findCustomer, putCustomers } from './customers.store.js';

/** Customers over HTTP (interfaces 3). `batch` is the batch route, so a customer of that name is put through it. */
@ApiTags('customers')
@Controller('customers')
export class CustomersController {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  @Put('batch')
  @BatchRoute()
  @Answers(200, PutCountsOut, 'All were put; of one name given twice the later counts')
  putMany(@Body() { customers }: CustomerBatch, @RequestCaller() caller: Caller) {
    return this.database.command('commerce-core', caller, (tx) => putCustomers(tx, customers));
  }

  @Put(':customerRef')
  @Answers(201, CustomerOut, 'Created')
  @Answers(200, CustomerOut, 'Replaced, or was the same already')
  async put(
    @Param() { customerRef }: CustomerPath,
    @Body() content: CustomerIn,
    @RequestCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.database.command('commerce-core', caller, async (tx) => {
      const { created } = await putCustomers(tx, [{ customerRef, ...content }]);
      void reply.status(created === 1 ? HttpStatus.CREATED : HttpStatus.OK);
      return findCustomer(tx, customerRef);
    });
  }

  @Get()
  @Answers(200, CustomerList, 'In order of references')
  list(@Query() query: CustomerQuery, @RequestCaller() caller: Caller) {
    return this.pages.read(query, {
      route: 'GET /customers',
      read: (after, count) => this.database.read(caller, (tx) => customersAfter(tx, after, count)),
      positionOf: ({ customerRef }) => [customerRef],
    });
  }

  @Get(':customerRef')
  @Answers(200, CustomerOut, 'The customer')
  @Refuses('not-found')
  async read(@Param() { customerRef }: CustomerPath, @RequestCaller() caller: Caller) {
    const found = await this.database.read(caller, (tx) => findCustomer(tx, customerRef));
    if (!found) throw Problem.notFound(`customer ${customerRef}`);
    return found;
  }
}
