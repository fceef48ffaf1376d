import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, BatchRoute, type Caller, Problem, Refuses, RequestCaller } from '@orderkeel/platform';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { type Answer, answerBatch, StockBatchResults, madeOrProblem } from '../api/batch.js';
import { keyReused, unknownLocation } from '../api/refusals.js';
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
    const { status, made } = madeOrProblem(answer!);
    void reply.status(status);
    return made;
  }

  @Post('batch')
  @HttpCode(200)
  @BatchRoute()
  @Answers(200, StockBatchResults, 'One result for each adjustment, in order, with the status of the single request')
  adjustMany(@Body() { adjustments }: AdjustmentBatch, @RequestCaller() caller: Caller) {
    const items = { schema: adjustmentIn, path: '/inventory/stock-adjustments/batch' };
    return answerBatch(adjustments, items, (valid) => this.adjustAll(caller, valid));
  }

  private async adjustAll(
    caller: Caller,
    bodies: readonly z.output<typeof adjustmentIn>[],
  ): Promise<Answer<BookedAdjustment>[]> {
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

function answerOf(outcome: AdjustmentOutcome, wanted: NewAdjustment): Answer<BookedAdjustment> {
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
