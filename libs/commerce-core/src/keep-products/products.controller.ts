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
import { ProductBatch, ProductIn, ProductList, ProductOut, ProductPath, ProductQuery } from './products.schema.js';
import { productsAfter, findProduct, putProducts } from './products.store.js';

/** Products over HTTP (interfaces 3). `batch` is the batch route, so a product of that name is put through it. */
@ApiTags('products')
@Controller('products')
export class ProductsController {
  constructor(
    private readonly database: Database,
    private readonly pages: Pages,
  ) {}

  @Put('batch')
  @BatchRoute()
  @Answers(200, PutCountsOut, 'All were put; of one name given twice the later counts')
  putMany(@Body() { products }: ProductBatch, @RequestCaller() caller: Caller) {
    return this.database.command('commerce-core', caller, (tx) => putProducts(tx, products));
  }

  @Put(':productId')
  @Answers(201, ProductOut, 'Created')
  @Answers(200, ProductOut, 'Replaced, or was the same already')
  async put(
    @Param() { productId }: ProductPath,
    @Body() content: ProductIn,
    @RequestCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.database.command('commerce-core', caller, async (tx) => {
      const { created } = await putProducts(tx, [{ productId, ...content }]);
      void reply.status(created === 1 ? HttpStatus.CREATED : HttpStatus.OK);
      return findProduct(tx, productId);
    });
  }

  @Get()
  @Answers(200, ProductList, 'In order of ids')
  list(@Query() query: ProductQuery, @RequestCaller() caller: Caller) {
    return this.pages.read(query, {
      route: 'GET /products',
      read: (after, count) => this.database.read(caller, (tx) => productsAfter(tx, after, count)),
      positionOf: ({ productId }) => [productId],
    });
  }

  @Get(':productId')
  @Answers(200, ProductOut, 'The product')
  @Refuses('not-found')
  async read(@Param() { productId }: ProductPath, @RequestCaller() caller: Caller) {
    const found = await this.database.read(caller, (tx) => findProduct(tx, productId));
    if (!found) throw Problem.notFound(`product ${productId}`);
    return found;
  }
}
