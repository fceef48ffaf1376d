import type { Figures } from '../parts/parts.js';
import { left, right, table } from './columns.js';
import type { Spread } from './statistics.js';

/** What a figure has to reach. */
export interface Target {
  readonly bound: 'at least' | 'at most' | 'under';
  readonly value: number;
  /** Of the figure and the target. */
  readonly unit: string;
}

/** One of the figures that the product is judged by. */
export interface Headline {
  readonly figure: string;
  readonly target: Target;
  /** Finds it among what was measured; undefined when it was not. */
  readonly of: (figures: Figures) => Spread | undefined;
}

/** A headline with what came of it. */
export interface JudgedHeadline {
  readonly figure: string;
  readonly target: string;
  /** Null when it was not measured. */
  readonly measured: Spread | null;
  /** Whether the median reaches the target; null when it was not measured. */
  readonly met: boolean | null;
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
    const measured = of(figures) ?? null;
    const { bound, value, unit } = target;
    const text = `${bound} ${value.toLocaleString('en')} ${unit}`.trim();
    return { figure, target: text, measured, met: measured && reaches(measured.median, target) };
  });
}

function reaches(value: number, target: Target): boolean {
  if (target.bound === 'at least') return value >= target.value;
  return target.bound === 'at most' ? value <= target.value : value < target.value;
}

/** The headlines for people, a line each. */
export function renderHeadlines(headlines: readonly JudgedHeadline[]): string[] {
  const columns = [left('figure'), left('target'), right('measured'), right('runs'), left('')];
  const rows = headlines.map(({ figure, target, measured, met }) => [
    figure,
    target,
    measured ? short(measured.median) : '',
    measured ? `${short(measured.min)} - ${short(measured.max)}` : '',
    met === null ? 'not measured' : met ? 'met' : 'NOT MET',
  ]);
  return table(columns, rows);
}

/** Three digits, and no more of them behind the point than that takes. */
function short(value: number): string {
  return value.toLocaleString('en', value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });
}
