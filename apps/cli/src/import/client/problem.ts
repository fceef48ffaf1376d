/** A problem document of the server (interfaces 4), as far as an import looks at it. */
export interface ServerProblem {
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
}

const PREFIX = 'urn:orderkeel:problem:';

/** The slug of a problem, e.g. `not-enough-stock`; `refused-by-server` where the answer has none. */
export function slugOf(problem: ServerProblem | undefined): string {
  const type = problem?.type ?? '';
  return type.startsWith(PREFIX) ? type.slice(PREFIX.length) : 'refused-by-server';
}
