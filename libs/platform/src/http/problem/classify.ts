import { codeOf, failureKind, QUERY_CANCELED } from '../../database/sqlstate.js';
import { isProblemSlug, type ProblemSlug } from './catalogue.js';
import { Problem, type ProblemExtras } from './problem.js';

const RETRY_AFTER_S = 1;

const FASTIFY: Partial<Record<string, ProblemSlug>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_EMPTY_TYPE: 'unsupported-media-type',
};

const BY_STATUS: Partial<Record<number, ProblemSlug>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'request-timeout',
  413: 'payload-too-large',
  415: 'unsupported-media-type',
  429: 'overloaded',
};

/**
 * The problem that an error is to its caller: a refusal of the domain by its `code`, the framework's by what it means,
 * a database that is slow, full or away `overloaded`, and everything else `internal`, which tells nothing of itself.
 */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const code = codeOf(error);
  if (isProblemSlug(code)) return new Problem(code, messageOf(error), refusalExtras(error));
  const cause = (error as { cause?: unknown } | null)?.cause;
  const slug = FASTIFY[code] ?? FASTIFY[codeOf(cause)];
  if (slug) return new Problem(slug, messageOf(error));
  const status = statusOf(error);
  if (status !== undefined && status < 500) return asFrameworkProblem(status, error);
  if (code === QUERY_CANCELED || failureKind(error) === 'unavailable' || failureKind(error) === 'conflict')
    return Problem.overloaded('The database is not available or too slow just now', RETRY_AFTER_S);
  if (status === 503) return Problem.overloaded(messageOf(error), RETRY_AFTER_S);
  return new Problem('internal', 'Something went wrong on our side; the log has it under the Request-Id');
}

/** Refusals that modules throw carry `code`, and what the document should name in `members` and `errors`. */
function refusalExtras(error: unknown): ProblemExtras {
  const { errors, members } = error as ProblemExtras;
  return { ...(errors && { errors }), ...(members && { members }) };
}

/** What Nest, Fastify or its router refused; a request that is wrong in no place we could name is wrong in its path. */
function asFrameworkProblem(status: number, error: unknown): Problem {
  const message = messageOf(error);
  const slug = BY_STATUS[status];
  if (slug) return new Problem(slug, message, { status });
  const place = codeOf((error as { cause?: unknown }).cause ?? error).startsWith('FST_ERR_CTP')
    ? { pointer: '' }
    : { parameter: 'path' };
  return Problem.invalid([{ ...place, code: 'invalid-format', message }]);
}

function statusOf(error: unknown): number | undefined {
  const { status, statusCode = status } = (error ?? {}) as { status?: unknown; statusCode?: unknown };
  return typeof statusCode === 'number' && statusCode >= 400 ? statusCode : undefined;
}

function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | null)?.message;
  return typeof message === 'string' ? message : '';
}
