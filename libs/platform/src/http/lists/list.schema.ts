import { z } from 'zod';

/** Items on a page when the caller does not say. */
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/** `?limit=` 1-200, default 50, and `?cursor=`, opaque: spread into the query schema of every list (interfaces 1). */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^\d{1,9}$/, 'must be an integer')
    .transform(Number)
    .pipe(z.int().min(1).max(MAX_LIMIT))
    .default(DEFAULT_LIMIT)
    .meta({
      type: 'integer',
      minimum: 1,
      maximum: MAX_LIMIT,
      description: `Items on a page, ${DEFAULT_LIMIT} if not said`,
    }),
  cursor: z.string().min(1).max(2000).optional().meta({ description: 'The nextCursor of the page before' }),
};

/** A list's answer: `{"items":[...],"nextCursor":"..."|null}` (interfaces 1). */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
