import type { Finding } from '../../kill/kill-run.js';

/** The rules that do not hold, each with some of what breaks it; none is well. */
export function broken(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ found }) => found.length > 0)
    .map(({ name, found }) => `${name}: ${found.length}, ${JSON.stringify(found.slice(0, 3))}`);
}

/** Says what was counted, one line of JSON, so that it can be put into a table. */
export function tell(fault: string, figures: object): void {
  process.stderr.write(`${JSON.stringify({ fault, ...figures })}\n`);
}
