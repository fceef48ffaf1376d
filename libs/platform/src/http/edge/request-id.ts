import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What may be taken over from a caller: visible, short, and harmless in a log. */
const SANE = /^[\w.:/+=@-]{1,128}$/;

/** The caller's Request-Id where it is sane, else a new one (interfaces 3). */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['request-id'];
  return typeof given === 'string' && SANE.test(given) ? given : randomUUID();
}
