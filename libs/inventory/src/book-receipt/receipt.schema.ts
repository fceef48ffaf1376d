import {
  batchOf,
  Envelope,
  idOut,
  instantOut,
  listOf,
  pageQuery,
  quantityIn,
  quantityOut,
  textIn,
} from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

/** A receipt as it is sent. */
export const receiptIn = z.strictObject({
  sku: textIn(200),
  location: textIn(200).meta({ description: '`main` exists from the start' }),
  quantity: quantityIn,
  reference: textIn(500).optional().meta({ description: 'E.g. a delivery note' }),
  actor: textIn(200).optional().meta({ description: 'Who does it, while authentication is off; default anonymous' }),
  idempotencyKey: textIn(200).optional(),
});

/** Body of a single receipt. */
export class ReceiptIn extends createZodDto(receiptIn) {}
/** Body of a batch; each item is checked on its own. */
@Envelope()
export class ReceiptBatch extends createZodDto(
  z.strictObject({ receipts: batchOf(z.unknown().meta({ description: 'A receipt' })) }),
) {}

const receiptOut = z.object({
  id: idOut,
  sku: z.string(),
  location: z.string(),
  quantity: quantityOut,
  reference: z.string().nullable(),
  actor: z.string(),
  idempotencyKey: z.string().nullable(),
  createdAt: instantOut,
});
/** One receipt. */
export class ReceiptOut extends createZodDto(receiptOut) {}
/** Query of the list. */
export class ReceiptQuery extends createZodDto(z.strictObject(pageQuery)) {}
/** A page of receipts. */
export class ReceiptList extends createZodDto(listOf(receiptOut)) {}
