import { checkTables } from '../catalog/check-tables.js';
import { catalogOf, readCatalog, withClient } from '../catalog/read-catalog.js';
import type { Catalog } from '../catalog/table-definition.js';
import { machineNowUs } from '../machine-clock.js';
import type { ReaderHandlers } from '../reader-handlers.js';
import type { ReaderOptions } from '../reader-options.js';
import { Relations } from '../relations.js';
import { withCode } from '../stream-error.js';
import { StreamDecoder } from '../stream-decoder.js';
import { connectForReplication } from './replication-client.js';
import { sessionSettings } from './session-settings.js';
import { LiveStream } from './live-stream.js';
import { startCommand } from './start-command.js';

const WAL_SENDER_TIMEOUT_MS = 10_000;
const STATUS_INTERVAL_MS = 3_000;

/** Checks the tables, connects, and starts to stream. */
export async function openStream(options: ReaderOptions, handlers: ReaderHandlers): Promise<LiveStream> {
  const timeoutMs = options.walSenderTimeoutMs ?? WAL_SENDER_TIMEOUT_MS;
  try {
    const catalog = await checkedCatalog(options);
    const replication = await connectForReplication(options.url, sessionSettings(timeoutMs));
    const stream = new LiveStream(replication, handlers, {
      statusIntervalMs: options.statusIntervalMs ?? STATUS_INTERVAL_MS,
      silenceMs: 3 * timeoutMs,
      decode: (receive) => decoderOf(options, catalog, receive),
    });
    await stream.run(startCommand(options.slot, options.publication));
    return stream;
  } catch (error) {
    throw withCode(error, '08006');
  }
}

function checkedCatalog({ url, publication, tables }: ReaderOptions): Promise<Catalog> {
  return withClient(url, async (client) => {
    const catalog = await catalogOf(client, tables);
    await checkTables(client, publication, tables, catalog);
    return catalog;
  });
}

function decoderOf(options: ReaderOptions, catalog: Catalog, handlers: ReaderHandlers): StreamDecoder {
  const relations = new Relations(options.tables, catalog, (table) => readCatalog(options.url, [table]));
  const source = { topicPrefix: options.topicPrefix, database: catalog.database };
  return new StreamDecoder(relations, source, handlers, options.nowUs ?? machineNowUs);
}
