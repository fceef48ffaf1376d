import type { FastifyInstance } from 'fastify';

/** One route as it was registered, in Fastify's notation. */
export interface RegisteredRoute {
  readonly method: string;
  readonly url: string;
}

/**
 * Every route of the server. The router itself only knows hit and miss; with the table a miss can say which methods
 * the path has, and a test can say which routes the OpenAPI document lacks.
 */
export class RouteTable {
  readonly routes: RegisteredRoute[] = [];
  private readonly patterns = new Map<string, { pattern: RegExp; methods: Set<string> }>();

  /** Watches a server from before its first route. A route's `config.bodyLimit` becomes its body limit. */
  watch(server: FastifyInstance): void {
    server.addHook('onRoute', (route) => {
      const { bodyLimit } = (route.config ?? {}) as { bodyLimit?: number };
      if (bodyLimit !== undefined) route.bodyLimit = bodyLimit;
      for (const method of [route.method].flat()) this.add(method, route.url);
    });
  }

  /** The methods of the routes that a path leads to; none where the path is unknown. */
  methodsOf(path: string): string[] {
    const methods = [...this.patterns.values()]
      .filter(({ pattern }) => pattern.test(path))
      .map((entry) => entry.methods);
    return [...new Set(methods.flatMap((each) => [...each]))].sort();
  }

  private add(method: string, url: string): void {
    this.routes.push({ method, url });
    const entry = this.patterns.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    entry.methods.add(method);
    this.patterns.set(url, entry);
  }
}

function patternOf(url: string): RegExp {
  const literal = url.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll(/:[^/]+/g, '[^/]+').replaceAll('*', '.*')}$`);
}
