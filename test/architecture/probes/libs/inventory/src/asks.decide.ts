// Offends: decisions-are-pure
import { platform } from '../../platform/src/index.js';
export const decide = (): string => platform;
