import type { CpuUse } from '../machine/cpu-watch.js';
import type { DiskUse } from '../machine/disk-watch.js';
import { mark, markDisk } from './columns.js';

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
  const disks = runs.flatMap(({ disk }) => disk ?? []);
  return [notKept(runs), mark(runs.map(({ use }) => use)), markDisk(disks)].filter((each) => each !== '');
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
