import { parseLsn } from '../lsn.js';
import { connectForReplication } from './replication-client.js';
import { sessionSettings } from './session-settings.js';

/** Which server this is; another system or timeline means that positions of before say nothing (reliability 3.4). */
export interface SystemIdentity {
  readonly systemId: string;
  readonly timeline: number;
  /** End of the WAL that is flushed. */
  readonly walLsn: bigint;
}

/** Asks the server who it is (IDENTIFY_SYSTEM). */
export async function identifySystem(url: string): Promise<SystemIdentity> {
  const { client } = await connectForReplication(url, sessionSettings(10_000));
  try {
    const result = await client.query<{ systemid: string; timeline: string | number; xlogpos: string }>(
      'IDENTIFY_SYSTEM',
    );
    const row = result.rows[0];
    if (row === undefined) throw new Error('IDENTIFY_SYSTEM gave no row');
    return { systemId: row.systemid, timeline: Number(row.timeline), walLsn: parseLsn(row.xlogpos) };
  } finally {
    await client.end().catch(() => undefined);
  }
}
