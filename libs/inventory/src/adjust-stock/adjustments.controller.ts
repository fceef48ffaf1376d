import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  answerBatch,
  Answers,
  answerSingle,
  BatchRoute,
  type Caller,
  checkItem,
  Problem,
  Refuses,
  RequestCaller,
  type SingleAnswer,
} from '@orderkeel/platform';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { keyReused, unknownLocation } from '../api/refusals.js';
import { StockBatchResults } from '../api/stock-batch.schema.js';
import { type AdjustmentOutcome, AdjustStock, type NewAdjustment } from './adjust-stock.js';
import { AdjustmentBatch, adjustmentIn, AdjustmentIn, AdjustmentOut } from './adjustment.schema.js';
import type { BookedAdjustment } from './adjustment.store.js';

/** Stock adjustments over HTTP (interfaces 3); they are listed in the ledger. */
@ApiTags('inventory')
@Controller('inventory/stock-adjustments')
export class AdjustmentsController {
  constructor(private readonly stock: AdjustStock) {}

  @Post()
  @Answers(201, AdjustmentOut, 'Adjusted; below what is reserved, the newest reservations wait again')
  @Answers(200, AdjustmentOut, 'Adjusted before under this idempotency key')
  @Refuses('not-enough-stock', 'idempotency-key-reused')
  async adjust(
    @Body() body: AdjustmentIn,
    @RequestCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BookedAdjustment> {
    const [answer] = await this.adjustAll(caller, [body]);
    return answerSingle(answer!, reply);
  }

  @Post('batch')
  @BatchRoute()
  @Answers(200, StockBatchResults, 'One result for each adjustment, in order, with the status of the single request')
  adjustMany(@Body() { adjustments }: AdjustmentBatch, @RequestCaller() caller: Caller) {
    return answerBatch(adjustments, {
      path: '/inventory/stock-adjustments/batch',
      check: (item) => checkItem(adjustmentIn, item),
      carryOut: (bodies) => this.adjustAll(caller, bodies),
      tell: (made) => ({ id: made?.id }),
    });
  }

  private async adjustAll(
    caller: Caller,
    bodies: readonly z.output<typeof adjustmentIn>[],
  ): Promise<SingleAnswer<BookedAdjustment>[]> {
    const wanted = bodies.map(
      ({ delta = null, counted = null, actor = caller.actor, idempotencyKey = null, ...rest }): NewAdjustment => ({
        ...rest,
        delta,
        counted,
        actor,
        idempotencyKey,
      }),
    );
    const outcomes = await this.stock.adjust(caller, wanted);
    return outcomes.map((outcome, index) => answerOf(outcome, wanted[index]!));
  }
}

function answerOf(outcome: AdjustmentOutcome, wanted: NewAdjustment): SingleAnswer<BookedAdjustment> {
  switch (outcome.verdict) {
    case 'booked':
      return { status: 201, made: outcome.adjustment };
    case 'repeated':
      return { status: 200, made: outcome.adjustment };
    case 'unknown-location':
      return { problem: unknownLocation() };
    case 'key-reused':
      return { problem: keyReused(wanted.idempotencyKey) };
    case 'not-enough-stock':
      return { problem: notEnough(wanted, outcome) };
  }
}

function notEnough(
  { sku, location }: NewAdjustment,
  { onHand, available }: { onHand: string; available: string },
): Problem {
  const detail = `There are ${onHand} of ${sku} on hand at ${location}, and it cannot go below 0`;
  return new Problem('not-enough-stock', detail, { members: { onHand, available } });
}
