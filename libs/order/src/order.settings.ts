import { z } from 'zod';

/** What `modules.order.settings` of the configuration may say. */
export const orderSettings = z.strictObject({
  /** New intents are turned away while the oldest unanswered one has waited longer than this (interfaces 3). */
  maxBacklogSeconds: z.number().positive().default(60),
});

/** The settings of order, defaults filled in. */
export type OrderSettings = z.infer<typeof orderSettings>;
