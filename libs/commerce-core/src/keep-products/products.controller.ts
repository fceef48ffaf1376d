import { Body, Controller, Get, Param, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, BatchRoute, Refuses, RequestCaller, type Caller } from '@orderkeel/platform';
import type { FastifyReply } from 'fastify';
import { PutCountsOut } from '../api/answers.schema.js';
import { References, type ReferenceKind } from '../api/references.js';
import {
  ProductBatch,
  ProductIn,
  ProductList,
  ProductOut,
  ProductPath,
  ProductQuery,
  type ProductAnswer,
} from './products.schema.js';
import { findProduct, productsAfter, putProducts, type NewProduct } from './products.store.js';

const PRODUCTS: ReferenceKind<NewProduct, ProductAnswer> = {
  noun: 'product',
  plural: 'products',
  nameOf: ({ productId }) => productId,
  put: putProducts,
  find: findProduct,
  after: productsAfter,
};

/** Products over HTTP (interfaces 3). `batch` is the batch route, so a product of that name is put through it. */
@ApiTags('products')
@Controller('products')
export class ProductsController {
  constructor(private readonly references: References) {}

  @Put('batch')
  @BatchRoute()
  @Answers(200, PutCountsOut, 'All were put; of one name given twice the later counts')
  putMany(@Body() { products }: ProductBatch, @RequestCaller() caller: Caller) {
    return this.references.putMany(PRODUCTS, products, caller);
  }

  @Put(':productId')
  @Answers(201, ProductOut, 'Created')
  @Answers(200, ProductOut, 'Replaced, or was the same already')
  put(
    @Param() { productId }: ProductPath,
    @Body() content: ProductIn,
    @RequestCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.references.put(PRODUCTS, { productId, ...content }, caller, reply);
  }

  @Get()
  @Answers(200, ProductList, 'In order of ids')
  list(@Query() query: ProductQuery, @RequestCaller() caller: Caller) {
    return this.references.list(PRODUCTS, query, caller);
  }

  @Get(':productId')
  @Answers(200, ProductOut, 'The product')
  @Refuses('not-found')
  read(@Param() { productId }: ProductPath, @RequestCaller() caller: Caller) {
    return this.references.read(PRODUCTS, productId, caller);
  }
}
