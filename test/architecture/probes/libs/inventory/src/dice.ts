import { randomInt } from 'node:crypto';
export const dice = (): number => randomInt(6);
