/** What the model answers: a status and a JSON body. */
export interface ModelAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A request as the model's parts see it. */
export interface ModelRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** A page of a list with its cursor (interfaces 1). */
export function page(items: readonly object[], query: URLSearchParams): ModelAnswer {
  const from = Number(query.get('cursor') ?? 0);
  const to = from + Number(query.get('limit') ?? 50);
  return { status: 200, body: { items: items.slice(from, to), nextCursor: to < items.length ? String(to) : null } };
}

/** A problem document (interfaces 4). */
export function problem(status: number, slug: string, detail = slug): ModelAnswer {
  return { status, body: { type: `urn:orderkeel:problem:${slug}`, status, detail } };
}
