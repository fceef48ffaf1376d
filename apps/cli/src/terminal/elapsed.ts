const STEPS = [
  { from: 2 * 86_400_000, unit: 86_400_000, name: 'days' },
  { from: 2 * 3_600_000, unit: 3_600_000, name: 'h' },
  { from: 2 * 60_000, unit: 60_000, name: 'min' },
] as const;

/** A duration as people say it: `12 ms`, `3.4 s`, `95 s`, `12 min`, `5 h`, `3 days`. */
export function elapsedText(ms: number): string {
  const step = STEPS.find(({ from }) => ms >= from);
  if (step) return `${Math.floor(ms / step.unit)} ${step.name}`;
  if (ms >= 10_000) return `${Math.round(ms / 1000)} s`;
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms)} ms`;
}
