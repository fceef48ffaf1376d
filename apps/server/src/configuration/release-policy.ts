import { z } from 'zod';

const ACTIONS = ['fulfil'] as const;

/** A gate's rule (order, "Gates"); checked here, used once fulfilment tasks exist. A gate that nothing asks is refused. */
export const releasePolicy = z.strictObject({
  action: z.enum(ACTIONS, {
    error: ({ input }) =>
      `is ${JSON.stringify(input)}, which is no action that Orderkeel knows; known: ${ACTIONS.join(', ')}`,
  }),
  requires: z
    .array(
      z.string().regex(/^[a-z][a-z_]*:[a-z][a-z_]*$/, {
        error: ({ input }) =>
          `is ${JSON.stringify(input)}, which is no status code such as inventory:reservation_confirmed`,
      }),
    )
    .default([]),
  forbids: z
    .strictObject({
      severity: z.enum(['info', 'warning', 'blocking']).optional(),
      category: z.enum(['fulfillment', 'payment', 'support']).optional(),
    })
    .refine(({ severity, category }) => severity !== undefined || category !== undefined, {
      error: 'names neither a severity nor a category, and would forbid nothing',
    })
    .optional(),
});
