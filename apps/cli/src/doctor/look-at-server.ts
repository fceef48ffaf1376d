import type { Reached } from '../reach/reached.js';
import { found, warning, well, type Look } from './look.js';

interface HealthAnswer {
  readonly probes?: Readonly<Record<string, { readonly ok: boolean; readonly detail?: string }>>;
}

/** The running server, and its own opinion of its health. That none runs is no finding. */
export async function lookAtServer(server: Reached | null): Promise<Look> {
  if (server === null) return well('server', 'none runs on this data folder');
  const findings = [];
  for (const path of ['/health/live', '/health/ready']) {
    const { probes = {} } = (await server.ask('GET', path)).body as HealthAnswer;
    for (const [name, { ok, detail }] of Object.entries(probes))
      if (!ok) findings.push(warning(`${path} says of ${name}: ${detail ?? 'failing'}. See the log of the server.`));
  }
  return found('server', `runs at ${server.url}`, ...findings);
}
