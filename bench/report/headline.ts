import type { Figures } from '../parts/parts.js';
import { left, right, table } from './columns.js';
import { keptUp, marksOf, type MarkedRun } from './marks.js';
import type { Spread } from './statistics.js';

/** What a figure has to reach. */
export interface Target {
  readonly bound: 'at least' | 'at most' | 'under';
  readonly value: number;
  /** Of the figure and the target. */
  readonly unit: string;
}

/** What a headline says, and the runs that it was taken from. */
export interface Evidence {
  readonly measured: Spread;
  readonly runs: readonly MarkedRun[];
}

/** One of the figures that the product is judged by. */
export interface Headline {
  readonly figure: string;
  readonly target: Target;
  /** Finds it among what was measured; undefined when it was not. */
  readonly of: (figures: Figures) => Evidence | undefined;
}

/** A headline with what came of it. */
export interface JudgedHeadline {
  readonly figure: string;
  readonly target: string;
  /** Null when it was not measured. */
  readonly measured: Spread | null;
  /** Whether the median reaches the target, and the pace was kept up with; null when it was not measured. */
  readonly met: boolean | null;
  /** What speaks against its runs, in words; empty is what is wanted. */
  readonly marks: readonly string[];
}

/** From this value on. */
export const atLeast = (value: number, unit: string): Target => ({ bound: 'at least', value, unit });
/** Up to this value. */
export const atMost = (value: number, unit: string): Target => ({ bound: 'at most', value, unit });
/** Below this value. */
export const under = (value: number, unit: string): Target => ({ bound: 'under', value, unit });

/** Compares what was measured with the targets. */
export function judge(headlines: readonly Headline[], figures: Figures): JudgedHeadline[] {
  return headlines.map(({ figure, target, of }) => {
    const found = of(figures);
    const { bound, value, unit } = target;
    const said = { figure, target: `${bound} ${value.toLocaleString('en')} ${unit}`.trim() };
    if (found === undefined) return { ...said, measured: null, met: null, marks: [] };
    const { measured, runs } = found;
    return { ...said, measured, met: keptUp(runs) && reaches(measured.median, target), marks: marksOf(runs) };
  });
}

function reaches(value: number, target: Target): boolean {
  if (target.bound === 'at least') return value >= target.value;
  return target.bound === 'at most' ? value <= target.value : value < target.value;
}

/** The headlines for people, a line each. */
export function renderHeadlines(headlines: readonly JudgedHeadline[]): string[] {
  const columns = [left('figure'), left('target'), right('measured'), right('runs'), left(''), left('')];
  const rows = headlines.map(({ figure, target, measured, met, marks }) => [
    figure,
    target,
    measured ? short(measured.median) : '',
    measured ? `${short(measured.min)} - ${short(measured.max)}` : '',
    met === null ? 'not measured' : met ? 'met' : 'NOT MET',
    marks.join('; '),
  ]);
  return table(columns, rows);
}

/** Three digits, and no more of them behind the point than that takes. */
function short(value: number): string {
  return value.toLocaleString('en', value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });
}
