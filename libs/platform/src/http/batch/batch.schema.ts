import { z } from 'zod';

/** Items of one batch at most (interfaces 3). */
const MAX_ITEMS = 1000;

/** The items of a batch. Where each is answered on its own, give `z.unknown()` and mark the body with `@Envelope()`. */
export function batchOf<Item extends z.ZodType>(item: Item) {
  return z.array(item).min(1).max(MAX_ITEMS);
}

/**
 * What `answerBatch` answers: one result for each item, in order.
 * @param told what the route tells of an item besides its status, all optional unless every item has it
 */
export function batchResultsOf<Told extends z.ZodRawShape>(told: Told) {
  const result = z.object({
    index: z.int(),
    status: z.int().meta({ description: 'HTTP status of the single request' }),
    ...told,
    problem: z.looseObject({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() }).optional(),
  });
  return z.object({ results: z.array(result) });
}
