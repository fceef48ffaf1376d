import type { Column } from '../../apps/cli/src/terminal/table.js';
import type { CpuUse } from '../machine/cpu-watch.js';
import type { DiskUse } from '../machine/disk-watch.js';
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

/** Says which of the runs were disturbed, and how much; empty: none. */
export function mark(uses: readonly CpuUse[]): string {
  const disturbed = uses.filter((use) => use.disturbed).length;
  const most = Math.max(...uses.map(({ foreignShare }) => foreignShare));
  return disturbed === 0 ? '' : `DISTURBED ${disturbed} of ${uses.length}, by up to ${(most * 100).toFixed(0)} %`;
}

/** Says in which of the runs the disk stood still, and for how long at a time; empty: in none. */
export function markDisk(disks: readonly DiskUse[]): string {
  const stalled = disks.filter((disk) => disk.stalled);
  if (stalled.length === 0) return '';
  const longestMs = Math.max(...stalled.map(({ longestSyncMs }) => longestSyncMs));
  return `DISK STALLED in ${stalled.length} of ${disks.length}, for up to ${longestMs.toFixed(0)} ms`;
}
