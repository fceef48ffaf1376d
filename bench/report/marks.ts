import type { CpuUse } from '../machine/cpu-watch.js';
import type { DiskUse } from '../machine/disk-watch.js';

/** One of the runs behind a figure, with what speaks against it. */
export interface MarkedRun {
  readonly use: CpuUse;
  /** Where the disk was watched. */
  readonly disk?: DiskUse;
  /** These three only of a steady pace. */
  readonly refused?: number;
  readonly unfinished?: number;
  readonly timelineMissing?: number;
}

/** What speaks against a figure of these runs, in words; empty is what is wanted. */
export function marksOf(runs: readonly MarkedRun[]): string[] {
  return [notKept(runs), disturbed(runs), diskStalled(runs)].filter((each) => each !== '');
}

/** The same for a table's last column. */
export function mark(runs: readonly MarkedRun[]): string {
  return marksOf(runs).join('; ');
}

/** Whether the pace was kept up with in all of them: percentiles say little of one that was too much. */
export function keptUp(runs: readonly MarkedRun[]): boolean {
  return notKept(runs) === '';
}

function notKept(runs: readonly MarkedRun[]): string {
  const sum = (of: 'refused' | 'unfinished' | 'timelineMissing') =>
    runs.reduce((before, run) => before + (run[of] ?? 0), 0);
  const [refused, unfinished, missing] = [sum('refused'), sum('unfinished'), sum('timelineMissing')];
  if (refused + unfinished + missing === 0) return '';
  return `NOT KEPT UP: ${refused} refused, ${unfinished} unfinished, ${missing} timelines without the event`;
}

function disturbed(runs: readonly MarkedRun[]): string {
  const count = runs.filter(({ use }) => use.disturbed).length;
  const most = Math.max(...runs.map(({ use }) => use.foreignShare));
  return count === 0 ? '' : `DISTURBED ${count} of ${runs.length}, by up to ${(most * 100).toFixed(0)} %`;
}

function diskStalled(runs: readonly MarkedRun[]): string {
  const disks = runs.flatMap(({ disk }) => disk ?? []);
  const stalled = disks.filter((disk) => disk.stalled);
  if (stalled.length === 0) return '';
  const longestMs = Math.max(...stalled.map(({ longestSyncMs }) => longestSyncMs));
  return `DISK STALLED in ${stalled.length} of ${disks.length}, for up to ${longestMs.toFixed(0)} ms`;
}
