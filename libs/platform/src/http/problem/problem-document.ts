import type { FieldFault, Problem } from './problem.js';

/** Media type of every refusal (RFC 9457). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** RFC 9457 with the members of interfaces 4; a batch answers the same object per item. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly errors?: readonly FieldFault[];
  readonly [member: string]: unknown;
}

/** The document of a problem that met the request to `path` (without its query). */
export function problemDocument(problem: Problem, path: string): ProblemDocument {
  const { errors, members } = problem.extras;
  return {
    type: `urn:orderkeel:problem:${problem.code}`,
    title: problem.title,
    status: problem.status,
    detail: problem.detail,
    instance: path,
    ...(errors && { errors }),
    ...members,
  };
}
