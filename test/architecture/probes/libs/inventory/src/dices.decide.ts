// Offends: decisions-are-pure
import { randomInt } from 'node:crypto';
export const decide = (): number => randomInt(6);
