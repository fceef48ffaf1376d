import { idOut, instantOut, listOf } from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

/** What an entry speaks about (interfaces 2). */
export const category = z.enum(['fulfillment', 'payment', 'support']);
/** How urgent an entry is (interfaces 2). */
export const severity = z.enum(['info', 'warning', 'blocking']);

const entryOut = z.object({
  id: idOut,
  orderId: idOut,
  module: z.string().meta({ description: 'The namespace', examples: ['inventory'] }),
  statusCode: z.string().meta({ examples: ['inventory:reservation_confirmed'] }),
  category: category.nullable(),
  severity: severity.nullable(),
  payload: z.record(z.string(), z.unknown()),
  recordedAt: instantOut,
  writtenBy: z.string(),
  closesEntryId: idOut.nullable(),
  closedAt: instantOut.nullable(),
  seq: z.int(),
});

/** An entry of the status history, as the timeline shows it (interfaces 2). */
export type EntryAnswer = z.output<typeof entryOut>;

/** One entry. */
export class EntryOut extends createZodDto(entryOut) {}
/** A page of entries. */
export class EntryList extends createZodDto(listOf(entryOut)) {}
/** All entries of an order, in order of `recordedAt`, then `seq`. */
export class TimelineOut extends createZodDto(z.object({ orderId: idOut, entries: z.array(entryOut) })) {}
