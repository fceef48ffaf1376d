// A program that owns an embedded PostgreSQL, for specs that kill it: says where the server is and stays until SIGTERM.
import { startEmbeddedPostgres } from '../../libs/platform/src/postgres/index.js';

const log = { info: () => undefined, warn: () => undefined };
try {
  const postgres = await startEmbeddedPostgres({
    dataDir: process.argv[2] ?? '',
    explicitDataDir: process.argv[3] === 'explicit',
    namespace: 'orderkeel',
    log,
  });
  const { adminUrl, pid, dataDir } = postgres;
  process.stdout.write(`${JSON.stringify({ adminUrl, pid, dataDir })}\n`);
  const staying = setInterval(() => undefined, 60_000);
  process.once('SIGTERM', () => {
    clearInterval(staying);
    void postgres.stop();
  });
} catch (error) {
  process.stdout.write(`${JSON.stringify({ code: (error as { code?: string }).code, message: String(error) })}\n`);
  process.exitCode = 1;
}
