// Reaches: crypto
import { dice } from './dice.js';
export const decide = (): number => dice();
