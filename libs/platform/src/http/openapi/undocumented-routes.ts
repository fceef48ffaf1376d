import type { RouteTable } from '../edge/route-table.js';

/** Pages about the interface are no part of it. */
const PAGES = /^\/docs(\/|$)/;

/** The routes that the server has and its OpenAPI document lacks, as `METHOD /path`; none in a finished server. */
export function undocumentedRoutes({ routes }: RouteTable, document: { readonly paths: object }): string[] {
  const paths = document.paths as Record<string, object | undefined>;
  return routes
    .filter(({ method, url }) => method !== 'HEAD' && !PAGES.test(url))
    .map(({ method, url }) => ({ method, path: url.replaceAll(/:([^/]+)/g, '{$1}') }))
    .filter(({ method, path }) => !Object.hasOwn(paths[path] ?? {}, method.toLowerCase()))
    .map(({ method, path }) => `${method} ${path}`);
}
