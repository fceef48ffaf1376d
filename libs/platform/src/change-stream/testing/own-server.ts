import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../postgres/index.js';

/** A PostgreSQL that a spec may stop or harm. */
export interface OwnServer {
  readonly url: string;
  stop(): Promise<void>;
  destroy(): Promise<void>;
}

/** Starts one in a folder of its own. */
export async function ownServer(settings: Readonly<Record<string, string>>): Promise<OwnServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'orderkeel-stream-'));
  const log = { info: () => undefined, warn: () => undefined };
  const options = {
    dataDir,
    explicitDataDir: false,
    namespace: 'orderkeel',
    log,
    settings: { fsync: 'off', ...settings },
  };
  const server = await startEmbeddedPostgres(options);
  return {
    url: server.adminUrl,
    stop: () => server.stop(),
    destroy: async () => {
      await server.stop();
      await Promise.all([dataDir, server.dataDir].map((folder) => rm(folder, { recursive: true, force: true })));
    },
  };
}
