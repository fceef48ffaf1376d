/**
 * Every problem that an answer may name: slug, HTTP status, title (interfaces 4). `internal`, `method-not-allowed` and
 * `request-timeout` are additions for what a server must be able to say.
 */
export const PROBLEMS = {
  'malformed-json': { status: 400, title: 'The body is not valid JSON' },
  'invalid-request': { status: 400, title: 'The request is not valid' },
  unauthenticated: { status: 401, title: 'Authentication is required' },
  forbidden: { status: 403, title: 'Not allowed' },
  'namespace-forbidden': { status: 403, title: 'The status belongs to another namespace' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  'intent-already-accepted': { status: 409, title: 'The intent is an order already' },
  'idempotency-key-reused': { status: 409, title: 'The idempotency key was used for other content' },
  'already-cancelled': { status: 409, title: 'The order is cancelled already' },
  'already-closed': { status: 409, title: 'The entry is closed already' },
  'stale-revision': { status: 409, title: 'The order has changed since' },
  'not-enough-stock': { status: 409, title: 'Not enough stock' },
  'wrong-step': { status: 409, title: 'Not the step that comes next' },
  'payload-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The media type is not supported' },
  'intent-rejected': { status: 422, title: 'The intent was rejected' },
  'unknown-status-code': { status: 422, title: 'The status code is not in the vocabulary' },
  blocked: { status: 423, title: 'Blocked by an open entry' },
  overloaded: { status: 503, title: 'Overloaded, try again later' },
  internal: { status: 500, title: 'Internal error' },
} as const satisfies Record<string, { status: number; title: string }>;

/** The last part of a problem's type, `urn:orderkeel:problem:<slug>`. */
export type ProblemSlug = keyof typeof PROBLEMS;

/** Whether a code of unknown origin is one of the catalogue's slugs. */
export function isProblemSlug(code: unknown): code is ProblemSlug {
  return typeof code === 'string' && Object.hasOwn(PROBLEMS, code);
}
