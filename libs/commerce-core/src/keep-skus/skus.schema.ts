import { batchOf, listOf, pageQuery, textIn } from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { timesOut } from '../api/answers.schema.js';
import { STOCK_POLICIES } from './skus.store.js';

const sku = textIn(200).meta({ description: 'What order lines name; case is kept' });
const stockPolicy = z.enum(STOCK_POLICIES).meta({
  description: 'backorder: stock is reserved, what is short waits; untracked: nobody counts it',
});
const content = { productId: textIn(200), name: textIn(500).optional(), stockPolicy: stockPolicy.default('backorder') };

/** Path of one SKU. */
export class SkuPath extends createZodDto(z.strictObject({ sku })) {}
/** Body of a put; replaces everything that was there. */
export class SkuIn extends createZodDto(z.strictObject(content)) {}
/** Body of the batch route. */
export class SkuBatch extends createZodDto(z.strictObject({ skus: batchOf(z.strictObject({ sku, ...content })) })) {}
/** Query of the list. */
export class SkuQuery extends createZodDto(z.strictObject(pageQuery)) {}

const skuOut = z.object({
  sku: z.string(),
  productId: z.string(),
  name: z.string().optional(),
  stockPolicy,
  ...timesOut,
});
/** A SKU as it is answered. */
export type SkuAnswer = z.output<typeof skuOut>;
/** One SKU. */
export class SkuOut extends createZodDto(skuOut) {}
/** A page of SKUs. */
export class SkuList extends createZodDto(listOf(skuOut)) {}
