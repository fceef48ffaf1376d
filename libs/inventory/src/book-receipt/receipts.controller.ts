import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  answerBatch,
  Answers,
  answerSingle,
  BatchRoute,
  type Caller,
  checkItem,
  Database,
  Pages,
  Refuses,
  RequestCaller,
  type SingleAnswer,
} from '@orderkeel/platform';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { keyReused, unknownLocation } from '../api/refusals.js';
import { StockBatchResults } from '../api/stock-batch.schema.js';
import { BookReceipts } from './book-receipts.js';
import { ReceiptBatch, receiptIn, ReceiptIn, ReceiptList, ReceiptOut, ReceiptQuery } from './receipt.schema.js';
import { type Receipt, ReceiptStore } from './receipt.store.js';

/** Receipts over HTTP (interfaces 3). */
@ApiTags('inventory')
@Controller('inventory/receipts')
export class ReceiptsController {
  constructor(
    private readonly receipts: BookReceipts,
    private readonly store: ReceiptStore,
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  @Post()
  @Answers(201, ReceiptOut, 'Booked; backorders of the SKU at the location are filled')
  @Answers(200, ReceiptOut, 'Booked before under this idempotency key')
  @Refuses('idempotency-key-reused')
  async book(
    @Body() body: ReceiptIn,
    @RequestCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Receipt> {
    const [answer] = await this.bookAll(caller, [body]);
    return answerSingle(answer!, reply);
  }

  @Post('batch')
  @BatchRoute()
  @Answers(200, StockBatchResults, 'One result for each receipt, in order, with the status of the single request')
  bookMany(@Body() { receipts }: ReceiptBatch, @RequestCaller() caller: Caller) {
    return answerBatch(receipts, {
      path: '/inventory/receipts/batch',
      check: (item) => checkItem(receiptIn, item),
      carryOut: (bodies) => this.bookAll(caller, bodies),
      tell: (made) => ({ id: made?.id }),
    });
  }

  @Get()
  @Answers(200, ReceiptList, 'Newest first')
  list(@Query() query: ReceiptQuery, @RequestCaller() caller: Caller) {
    return this.pages.read(query, {
      route: 'GET /inventory/receipts',
      read: (after, count) => this.database.read(caller, (tx) => this.store.page(tx, after, count)),
      positionOf: ({ id }) => [id],
    });
  }

  private async bookAll(
    caller: Caller,
    bodies: readonly z.output<typeof receiptIn>[],
  ): Promise<SingleAnswer<Receipt>[]> {
    const arrived = bodies.map(({ reference = null, actor = caller.actor, idempotencyKey = null, ...goods }) => ({
      ...goods,
      reference,
      actor,
      idempotencyKey,
    }));
    const outcomes = await this.receipts.book(caller, arrived);
    return outcomes.map((outcome, index): SingleAnswer<Receipt> => {
      if ('receipt' in outcome) return { status: outcome.verdict === 'booked' ? 201 : 200, made: outcome.receipt };
      if (outcome.verdict === 'unknown-location') return { problem: unknownLocation() };
      return { problem: keyReused(arrived[index]!.idempotencyKey) };
    });
  }
}
