import { z } from 'zod';

/** What `modules.inventory.settings` of the configuration may say (interfaces 6). */
export const inventorySettings = z.strictObject({
  /** What happens to a SKU that commerce-core does not know: reserved like any other, or not counted. */
  defaultPolicy: z.enum(['backorder', 'untracked']).default('backorder'),
  /** Where orders are reserved: the first location that covers a whole line, else the first one. */
  locations: z
    .array(z.string().min(1).max(200))
    .min(1)
    .refine((locations) => new Set(locations).size === locations.length, 'a location is named twice')
    .default(['main']),
});

/** The settings of inventory, defaults filled in. */
export type InventorySettings = z.infer<typeof inventorySettings>;
