import type { ReaderError } from './reader-handlers.js';

/** Makes an error of this reader; `code` is one of its own words, where errors of PostgreSQL carry an SQLSTATE. */
export function streamError(code: string, message: string, cause?: unknown): ReaderError {
  return Object.assign(new Error(message, cause === undefined ? undefined : { cause }), { code });
}

/** Gives any thrown thing a `code`: its own, or the given one. */
export function withCode(thrown: unknown, code: string): ReaderError {
  const error = thrown instanceof Error ? thrown : Object.assign(new Error(String(thrown)), { cause: thrown });
  const own = (error as { code?: unknown }).code;
  return Object.assign(error, { code: typeof own === 'string' && own !== '' ? own : code });
}
