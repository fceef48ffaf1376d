import type { DatabaseWork } from '../../installation/database-work.js';
import { spreadOf, type Spread } from '../../report/statistics.js';

/** What PostgreSQL does for one order, by runs. */
export interface WorkPerOrder {
  readonly statements: Spread;
  /** By database role; the median of the runs. */
  readonly statementsByRole: Readonly<Record<string, number>>;
  readonly commits: Spread;
  readonly walBytes: Spread;
  /** Pages that were found in PostgreSQL's memory. */
  readonly bufferHits: Spread;
  /** Pages that were not. */
  readonly bufferReads: Spread;
}

/** Divides what was done by the orders that it was done for. */
export function workPerOrder(runs: readonly { readonly orders: number; readonly work: DatabaseWork }[]): WorkPerOrder {
  const spread = (of: (work: DatabaseWork) => number) => spreadOf(runs.map(({ work, orders }) => of(work) / orders));
  const roles = [...new Set(runs.flatMap(({ work }) => Object.keys(work.statements)))];
  const ofRole = (role: string) => spread(({ statements }) => statements[role] ?? 0).median;
  return {
    statements: spread(({ statements }) => Object.values(statements).reduce((sum, count) => sum + count, 0)),
    statementsByRole: Object.fromEntries(roles.map((role) => [role, ofRole(role)])),
    commits: spread(({ commits }) => commits),
    walBytes: spread(({ walBytes }) => walBytes),
    bufferHits: spread(({ bufferHits }) => bufferHits),
    bufferReads: spread(({ bufferReads }) => bufferReads),
  };
}
