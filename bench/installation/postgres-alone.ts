import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../libs/platform/src/postgres/index.js';

/** Starts the PostgreSQL of a data folder as the product does, with the settings that it gives, and without the product. */
export async function startPostgresAlone(dataDir: string): Promise<EmbeddedPostgres> {
  const log = { info: () => undefined, warn: (line: string) => void process.stderr.write(`${line}\n`) };
  return startEmbeddedPostgres({ dataDir, explicitDataDir: true, namespace: 'orderkeel', log });
}
