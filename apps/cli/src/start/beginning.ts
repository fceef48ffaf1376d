import { redactUrl } from '../../../server/src/index.js';
import { version, type Configuration } from '../../../server/src/index.js';
import { paint } from '../terminal/paint.js';

/** The first lines of a start: what starts, and on which data. */
export function beginning({ urls, dataDir, changes }: Configuration): string[] {
  const what = `${paint.bold(`Orderkeel ${version()}`)} ${paint.dim(`on Node.js ${process.versions.node}`)}`;
  const own =
    changes === 'kafka'
      ? `Using PostgreSQL and Kafka of ${dataDir}`
      : `Starting PostgreSQL; the data is kept in ${dataDir}`;
  const where = urls ? `Connecting to ${redactUrl(urls.app)}` : own;
  return [what, where];
}
