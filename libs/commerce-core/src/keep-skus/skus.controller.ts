import { Body, Controller, Get, Param, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, BatchRoute, Problem, Refuses, RequestCaller, type Caller } from '@orderkeel/platform';
import type { FastifyReply } from 'fastify';
import { PutCountsOut } from '../api/answers.schema.js';
import { References, type ReferenceKind } from '../api/references.js';
import { SkuBatch, SkuIn, SkuList, SkuOut, SkuPath, SkuQuery, type SkuAnswer } from './skus.schema.js';
import { findSku, putSkus, skusAfter, type NewSku } from './skus.store.js';

const SKUS: ReferenceKind<NewSku, SkuAnswer> = {
  noun: 'SKU',
  plural: 'skus',
  nameOf: ({ sku }) => sku,
  put: async (tx, skus, pointerOf) => {
    const result = await putSkus(tx, skus);
    if ('unknownProducts' in result) throw unknownProducts(result.unknownProducts.map(pointerOf));
    return result;
  },
  find: findSku,
  after: skusAfter,
};

/** SKUs over HTTP (interfaces 3). `batch` is the batch route, so a SKU of that name is put through it. */
@ApiTags('skus')
@Controller('skus')
export class SkusController {
  constructor(private readonly references: References) {}

  @Put('batch')
  @BatchRoute()
  @Answers(200, PutCountsOut, 'All were put; of one name given twice the later counts')
  putMany(@Body() { skus }: SkuBatch, @RequestCaller() caller: Caller) {
    return this.references.putMany(SKUS, skus, caller);
  }

  @Put(':sku')
  @Answers(201, SkuOut, 'Created')
  @Answers(200, SkuOut, 'Replaced, or was the same already')
  put(
    @Param() { sku }: SkuPath,
    @Body() content: SkuIn,
    @RequestCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.references.put(SKUS, { sku, ...content }, caller, reply);
  }

  @Get()
  @Answers(200, SkuList, 'In order of SKUs')
  list(@Query() query: SkuQuery, @RequestCaller() caller: Caller) {
    return this.references.list(SKUS, query, caller);
  }

  @Get(':sku')
  @Answers(200, SkuOut, 'The SKU')
  @Refuses('not-found')
  read(@Param() { sku }: SkuPath, @RequestCaller() caller: Caller) {
    return this.references.read(SKUS, sku, caller);
  }
}

/** Fields at fault, since nothing was written: the products have to be put first. */
function unknownProducts(pointers: readonly string[]): Problem {
  const [first = '', ...rest] = pointers;
  const fault = (pointer: string) => ({
    pointer: `${pointer}/productId`,
    code: 'unknown-product',
    message: 'is not a known product: put the product first',
  });
  return Problem.invalid([fault(first), ...rest.map(fault)]);
}
