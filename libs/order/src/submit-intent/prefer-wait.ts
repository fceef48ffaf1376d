/** Longest wait that is granted, seconds (interfaces 3). */
const MAX_WAIT_S = 30;
const WAIT = /^wait\s*=\s*(?:"(\d{1,9})"|(\d{1,9}))$/i;

/**
 * Seconds of `Prefer: wait=N` (RFC 7240), at most 30; 0 without one. A preference that cannot be read is ignored, as the
 * RFC has it; of two the first counts.
 */
export function preferredWaitS(prefer: string | undefined): number {
  for (const preference of prefer?.split(',') ?? []) {
    const [name = ''] = preference.split(';');
    const wait = WAIT.exec(name.trim());
    if (wait) return Math.min(Number(wait[1] ?? wait[2]), MAX_WAIT_S);
  }
  return 0;
}
