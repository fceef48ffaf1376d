import type { ReaderError } from './reader-handlers.js';

/** Makes an error of this reader; `code` is one of its own words, where errors of PostgreSQL carry an SQLSTATE. */
export function streamError(code: string, message: string, cause?: unknown): ReaderError {
  return Object.assign(new Error(message, cause === undefined ? undefined : { cause }), { code });
}

/** Gives any thrown thing a `code`: its own, or the given one. Looks at its shape, since it may come from another realm. */
export function withCode(thrown: unknown, code: string): ReaderError {
  if (!isErrorLike(thrown)) return streamError(code, String(thrown), thrown);
  return Object.assign(thrown, { code: thrown.code || code });
}

function isErrorLike(thrown: unknown): thrown is Error & { code?: string } {
  return typeof thrown === 'object' && thrown !== null && 'message' in thrown;
}
