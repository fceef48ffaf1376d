// Offends: @typescript-eslint/consistent-type-imports
import { Stats } from 'node:fs';
/** Documented. */
export const size = (stats: Stats): number => stats.size;
