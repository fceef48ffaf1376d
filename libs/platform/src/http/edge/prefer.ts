/** Longest wait that a caller may ask for, in seconds (interfaces 3). */
const MAX_WAIT_S = 30;
const WAIT = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?=$|[,;])/i;

/**
 * Milliseconds that a caller is willing to wait by `Prefer: wait=N` (RFC 7240), at most 30 s; 0 without the preference
 * and for one that makes no sense, because a preference is never a reason to refuse.
 */
export function preferredWaitMs(header: string | readonly string[] | undefined): number {
  const seconds = WAIT.exec(typeof header === 'string' ? header : (header ?? []).join(', '))?.[1] ?? '0';
  return Math.min(Number(seconds), MAX_WAIT_S) * 1000;
}
