import { batchOf, listOf, pageQuery, textIn } from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { timesOut } from '../api/answers.schema.js';

const productId = textIn(200).meta({ description: "The caller's own id of the product; case is kept" });
const content = { name: textIn(500) };

/** Path of one product. */
export class ProductPath extends createZodDto(z.strictObject({ productId })) {}
/** Body of a put; replaces everything that was there. */
export class ProductIn extends createZodDto(z.strictObject(content)) {}
/** Body of the batch route. */
export class ProductBatch extends createZodDto(
  z.strictObject({ products: batchOf(z.strictObject({ productId, ...content })) }),
) {}
/** Query of the list. */
export class ProductQuery extends createZodDto(z.strictObject(pageQuery)) {}

const productOut = z.object({ productId: z.string(), name: z.string(), ...timesOut });
/** A product as it is answered. */
export type ProductAnswer = z.output<typeof productOut>;
/** One product. */
export class ProductOut extends createZodDto(productOut) {}
/** A page of products. */
export class ProductList extends createZodDto(listOf(productOut)) {}
