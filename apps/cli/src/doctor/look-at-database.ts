import {
  checkServer,
  pendingIn,
  redactUrl,
  type LocatedDatabase,
  type ServerNeeds,
} from '../../../server/src/index.js';
import { counted } from '../terminal/numbers.js';
import { found, warning, well, type Look } from './look.js';

/** PostgreSQL itself: reachable, version, settings, privileges. */
export async function lookAtPostgres({ urls, embedded }: LocatedDatabase, needs: ServerNeeds): Promise<Look> {
  const { version, findings } = await checkServer(urls, needs);
  const where = embedded ? 'embedded, started for this look' : redactUrl(urls.app);
  const all = findings.map(({ level, message }) => ({ level, message }));
  return found('PostgreSQL', version === null ? where : `${version}, ${where}`, ...all);
}

/** Migrations, and partitions for this month and the next: without one, orders stop at the turn of the month. */
export async function lookAtInstallation(located: LocatedDatabase, nowMs: number): Promise<Look> {
  const { migrations, partitions } = await pendingIn(located, nowMs);
  const next = new Date(nowMs);
  next.setUTCDate(1);
  next.setUTCMonth(next.getUTCMonth() + 1);
  const lastMonth = next.toISOString().slice(0, 7);
  const missing = partitions.filter((name) => name.slice(-7) <= lastMonth);
  if (migrations.length + missing.length === 0) return well('installation', 'migrations and partitions are there');
  const advice = 'run "npx orderkeel migrate", or start Orderkeel anew';
  const lacking = [
    ...(migrations.length > 0 ? [counted(migrations.length, 'migration')] : []),
    ...missing.map((name) => `partition ${name}`),
  ];
  return found('installation', 'behind this program', warning(`The database lacks ${lacking.join(', ')}: ${advice}.`));
}
