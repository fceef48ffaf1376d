/**
 * What a failure of the database means, told by SQLSTATE and by nothing else: errors may come from another realm, so
 * `instanceof` is no evidence (reliability 3.8).
 *
 * - `conflict`: two transactions met; try again at once.
 * - `unavailable`: the server or the way to it is gone, or out of resources; try again later, for ever.
 * - `misinstalled`: a grant, column, table or partition is missing, or the server is broken; stop and page.
 * - `other`: this very content fails.
 */
export type FailureKind = 'conflict' | 'unavailable' | 'misinstalled' | 'other';

/** A statement ran into its time limit, or was cancelled. */
export const QUERY_CANCELED = '57014';
/** The server has ended a transaction for its length. */
export const TRANSACTION_TIMEOUT = '25P04';

const CONFLICTS = new Set(['40001', '40P01', '55P03']);
const SOCKET_ERRORS = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'EAI_AGAIN',
]);
/**
 * Shut down or cancelled (57), connection (08), resources (53), I/O (58); a server that became a standby (25006); a
 * session that the server ended for idling in a transaction or for its length (25P03, 25P04); an unknown completion.
 */
const UNAVAILABLE = /^(57...|08...|53...|58...|25006|25P03|25P04|40003)$/;
/** pg raises these without a code. */
const LOST_CONNECTION =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/;

/** The SQLSTATE or system code of an error, or '' when it has none. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** What a failure means. */
export function failureKind(error: unknown): FailureKind {
  const code = codeOf(error);
  if (CONFLICTS.has(code)) return 'conflict';
  if (SOCKET_ERRORS.has(code) || UNAVAILABLE.test(code)) return 'unavailable';
  if (code === '' && LOST_CONNECTION.test(String((error as Error | null)?.message))) return 'unavailable';
  if (/^(42...|0A...|XX...)$/.test(code)) return 'misinstalled';
  if (code === '23514' && !(error as { constraint?: string }).constraint) return 'misinstalled';
  return 'other';
}

/** True when trying again may help: at once for conflicts, later for an unavailable server. */
export function isTransient(error: unknown, ...kinds: FailureKind[]): boolean {
  const wanted = kinds.length > 0 ? kinds : ['conflict', 'unavailable'];
  return wanted.includes(failureKind(error));
}
