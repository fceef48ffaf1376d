import { idIn, idOut, instantOut, listOf, pageQuery, quantityOut, textIn } from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { RESERVATION_STATES } from '../contract/reservation.contract.js';
import { STOCK_MOVEMENTS } from '../contract/stock-ledger.contract.js';

const sku = textIn(200).optional();
const signedOut = z.string().meta({ description: 'Change, exact decimal', examples: ['-1.5'] });

/** Query of remaining stock. */
export class RemainingStockQuery extends createZodDto(
  z.strictObject({ ...pageQuery, sku, location: textIn(200).optional() }),
) {}
/** What is left of SKUs at locations. */
export class RemainingStockList extends createZodDto(
  listOf(
    z.object({
      sku: z.string(),
      location: z.string(),
      onHand: quantityOut,
      reserved: quantityOut,
      available: quantityOut,
      incoming: quantityOut,
    }),
  ),
) {}

/** Query of reservations. */
export class ReservationQuery extends createZodDto(
  z.strictObject({ ...pageQuery, orderId: idIn.optional(), sku, state: z.enum(RESERVATION_STATES).optional() }),
) {}
/** A page of reservations. */
export class ReservationList extends createZodDto(
  listOf(
    z.object({
      id: idOut,
      orderId: idOut,
      orderLineId: idOut,
      sku: z.string(),
      location: z.string(),
      quantity: quantityOut.meta({ description: 'What the line wants' }),
      backorderedQuantity: quantityOut.meta({ description: 'What of it waits for stock' }),
      state: z.enum(RESERVATION_STATES),
      origin: z.enum(['automated', 'manual']),
    }),
  ),
) {}

/** Query of the ledger. */
export class LedgerQuery extends createZodDto(
  z.strictObject({ ...pageQuery, sku, kind: z.enum(STOCK_MOVEMENTS).optional() }),
) {}
/** A page of the ledger. */
export class LedgerList extends createZodDto(
  listOf(
    z.object({
      id: idOut,
      sku: z.string(),
      location: z.string(),
      kind: z.enum(STOCK_MOVEMENTS),
      deltaOnHand: signedOut,
      deltaReserved: signedOut,
      sequence: z.int().meta({ description: '1, 2, 3, ... per SKU and location' }),
      onHandBefore: quantityOut,
      reservedBefore: quantityOut,
      counted: quantityOut.nullable(),
      orderId: idOut.nullable(),
      orderLineId: idOut.nullable(),
      orderRevision: z.int().nullable(),
      reason: z.string().nullable(),
      reference: z.string().nullable(),
      idempotencyKey: z.string().nullable(),
      actor: z.string(),
      recordedAt: instantOut,
    }),
  ),
) {}
