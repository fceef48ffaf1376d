import pg from 'pg';

/** A holder that is silent for so long has frozen, and the server ends its session. */
const SILENT_FOR = '20s';
const SPEAK_EVERY_MS = 5_000;
const CONNECT_MS = 10_000;

/** The right to do what only one process at a time should do for an executor. */
export interface ExecutorLease {
  /** Gives it back; it ends by itself with the session, so also with the process. */
  release(): Promise<void>;
}

/**
 * Takes an executor's lease, on a session of its own; null when another process has it. It keeps processes from doing the
 * same work twice at once, no more: what a frozen holder writes late is refused by the fence.
 */
export async function takeLease(url: string, slot: string, executor: string): Promise<ExecutorLease | null> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'orderkeel lease',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`SET idle_session_timeout = '${SILENT_FOR}'`);
    const { rows } = await client.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken',
      [`${slot} lease ${executor}`],
    );
    if (!rows[0]?.taken) {
      await client.end();
      return null;
    }
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  const speaking = setInterval(() => void client.query('SELECT 1').catch(() => undefined), SPEAK_EVERY_MS);
  return {
    release: async () => {
      clearInterval(speaking);
      await client.end().catch(() => undefined);
    },
  };
}
