import { CopyBoth } from '../../../libs/platform/src/change-stream/replication/copy-both.js';
import { connectForReplication } from '../../../libs/platform/src/change-stream/replication/replication-client.js';
import { sessionSettings } from '../../../libs/platform/src/change-stream/replication/session-settings.js';
import { startCommand } from '../../../libs/platform/src/change-stream/replication/start-command.js';
import { StatusSender } from '../../../libs/platform/src/change-stream/replication/status-sender.js';
import { decodeKeepalive, ServerMessage } from '../../../libs/platform/src/change-stream/replication/wire-messages.js';
import { RAW_PUBLICATION } from './raw-database.js';

const SLOT = 'orderkeel_raw';
const TIMEOUT_MS = 60_000;

/**
 * Does work while all changes of the raw database are read from a slot that is gone afterwards: the server decodes them
 * with pgoutput, and what it sends is thrown away.
 */
export async function besideWalReader<T>(rawUrl: string, work: () => Promise<T>): Promise<T> {
  const { client, connection } = await connectForReplication(rawUrl, sessionSettings(TIMEOUT_MS));
  const status = new StatusSender(connection);
  try {
    await client.query(`CREATE_REPLICATION_SLOT ${SLOT} TEMPORARY LOGICAL pgoutput (SNAPSHOT 'nothing')`);
    const copy = new CopyBoth(startCommand(SLOT, RAW_PUBLICATION), {
      onData: (chunk) => {
        if (chunk[0] === ServerMessage.keepalive && decodeKeepalive(chunk).replyRequested) status.send(false);
      },
      onEnd: () => undefined,
    });
    client.query(copy);
    await copy.started;
    return await work();
  } finally {
    status.end();
    await client.end();
  }
}
