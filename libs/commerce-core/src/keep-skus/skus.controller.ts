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
import type { PutCounts } from '../data/put-rows.js';
import { SkuBatch, SkuIn, SkuList, SkuOut, SkuPath, SkuQuery } from './skus.schema.js';
import { findSku, putSkus, skusAfter, type PutSkusResult } from './skus.store.js';

/** SKUs over HTTP (interfaces 3). `batch` is the batch route, so a SKU of that name is put through it. */
@ApiTags('skus')
@Controller('skus')
export class SkusController {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  @Put('batch')
  @BatchRoute()
  @Answers(200, PutCountsOut, 'All were put; of one name given twice the later counts')
  putMany(@Body() { skus }: SkuBatch, @RequestCaller() caller: Caller) {
    return this.database.command('commerce-core', caller, async (tx) =>
      done(await putSkus(tx, skus), (index) => `/skus/${index}/productId`),
    );
  }

  @Put(':sku')
  @Answers(201, SkuOut, 'Created')
  @Answers(200, SkuOut, 'Replaced, or was the same already')
  async put(
    @Param() { sku }: SkuPath,
    @Body() content: SkuIn,
    @RequestCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.database.command('commerce-core', caller, async (tx) => {
      const { created } = done(await putSkus(tx, [{ sku, ...content }]), () => '/productId');
      void reply.status(created === 1 ? HttpStatus.CREATED : HttpStatus.OK);
      return findSku(tx, sku);
    });
  }

  @Get()
  @Answers(200, SkuList, 'In order of SKUs')
  list(@Query() query: SkuQuery, @RequestCaller() caller: Caller) {
    return this.pages.read(query, {
      route: 'GET /skus',
      read: (after, count) => this.database.read(caller, (tx) => skusAfter(tx, after, count)),
      positionOf: ({ sku }) => [sku],
    });
  }

  @Get(':sku')
  @Answers(200, SkuOut, 'The SKU')
  @Refuses('not-found')
  async read(@Param() { sku }: SkuPath, @RequestCaller() caller: Caller) {
    const found = await this.database.read(caller, (tx) => findSku(tx, sku));
    if (!found) throw Problem.notFound(`SKU ${sku}`);
    return found;
  }
}

/** The counts, unless a product is not known: that is a field at fault, and nothing was written. */
function done(result: PutSkusResult, pointerOf: (index: number) => string): PutCounts {
  if (!('unknownProducts' in result)) return result;
  const [first = 0, ...rest] = result.unknownProducts;
  const fault = (index: number) => ({
    pointer: pointerOf(index),
    code: 'unknown-product',
    message: 'is not a known product: put the product first',
  });
  throw Problem.invalid([fault(first), ...rest.map(fault)]);
}
