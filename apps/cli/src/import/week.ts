const WEEK_MS = 7 * 86_400_000;
/** The first Monday of Unix time. */
const FIRST_MONDAY_MS = Date.UTC(1970, 0, 5);

/** Number of the week (Monday to Sunday, UTC) that an RFC 3339 time or date lies in; later weeks have greater numbers. */
export function weekOf(at: string): number {
  return Math.floor((Date.parse(`${at.slice(0, 10)}T00:00:00Z`) - FIRST_MONDAY_MS) / WEEK_MS);
}

/** The Monday of a week, `YYYY-MM-DD`. */
export function mondayOf(week: number): string {
  return new Date(FIRST_MONDAY_MS + week * WEEK_MS).toISOString().slice(0, 10);
}
