import { Body, Controller, Get, Param, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, BatchRoute, Refuses, RequestCaller, type Caller } from '@orderkeel/platform';
import type { FastifyReply } from 'fastify';
import { PutCountsOut } from '../api/answers.schema.js';
import { References, type ReferenceKind } from '../api/references.js';
import {
  CustomerBatch,
  CustomerIn,
  CustomerList,
  CustomerOut,
  CustomerPath,
  CustomerQuery,
  type CustomerAnswer,
} from './customers.schema.js';
import { customersAfter, findCustomer, putCustomers, type NewCustomer } from './customers.store.js';

const CUSTOMERS: ReferenceKind<NewCustomer, CustomerAnswer> = {
  noun: 'customer',
  plural: 'customers',
  nameOf: ({ customerRef }) => customerRef,
  put: putCustomers,
  find: findCustomer,
  after: customersAfter,
};

/** Customers over HTTP (interfaces 3). `batch` is the batch route, so a customer of that name is put through it. */
@ApiTags('customers')
@Controller('customers')
export class CustomersController {
  constructor(private readonly references: References) {}

  @Put('batch')
  @BatchRoute()
  @Answers(200, PutCountsOut, 'All were put; of one name given twice the later counts')
  putMany(@Body() { customers }: CustomerBatch, @RequestCaller() caller: Caller) {
    return this.references.putMany(CUSTOMERS, customers, caller);
  }

  @Put(':customerRef')
  @Answers(201, CustomerOut, 'Created')
  @Answers(200, CustomerOut, 'Replaced, or was the same already')
  put(
    @Param() { customerRef }: CustomerPath,
    @Body() content: CustomerIn,
    @RequestCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.references.put(CUSTOMERS, { customerRef, ...content }, caller, reply);
  }

  @Get()
  @Answers(200, CustomerList, 'In order of references')
  list(@Query() query: CustomerQuery, @RequestCaller() caller: Caller) {
    return this.references.list(CUSTOMERS, query, caller);
  }

  @Get(':customerRef')
  @Answers(200, CustomerOut, 'The customer')
  @Refuses('not-found')
  read(@Param() { customerRef }: CustomerPath, @RequestCaller() caller: Caller) {
    return this.references.read(CUSTOMERS, customerRef, caller);
  }
}
