import type { Column } from '../../apps/cli/src/terminal/table.js';
import type { Spread } from './statistics.js';

export { table } from '../../apps/cli/src/terminal/table.js';

/** A column of words. */
export const left = (title: string): Column => ({ title });
/** A column of figures. */
export const right = (title: string): Column => ({ title, align: 'right' });

/** A figure for each process, two digits behind the point. */
export function byProcess(values: Readonly<Record<string, number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value.toFixed(2)}`)
    .join(', ');
}

/** The median, whole. */
export function inShort({ median }: Spread): string {
  return median.toFixed(0);
}
