// Offends: no-circular
import { b } from './circle-b.js';
export const a = (): string => b();
