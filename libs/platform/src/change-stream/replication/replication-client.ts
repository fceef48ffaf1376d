import { Client, type ClientConfig, type Connection } from 'pg';
import { withSettings } from '../../database/url-settings.js';

/** pg passes `replication` on to the server; its types do not know it. */
type ReplicationConfig = ClientConfig & { readonly replication: 'database' };

/** The protocol connection below pg's client, with what its types leave out of CopyBoth. */
export type CopyConnection = Connection & {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
};

/** A connection that takes replication commands besides simple queries. */
export interface ReplicationClient {
  readonly client: Client;
  readonly connection: CopyConnection;
}

/** Connects with `replication=database`. Errors carry the SQLSTATE or the socket's code. */
export async function connectForReplication(url: string, settings: string): Promise<ReplicationClient> {
  const config: ReplicationConfig = {
    connectionString: withSettings(url, settings),
    replication: 'database',
    application_name: 'orderkeel change stream',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
  };
  const client = new Client(config) as Client & { readonly connection: CopyConnection };
  // Whoever uses the connection learns of its end from the running command; without a listener Node would exit.
  client.on('error', () => undefined);
  await client.connect();
  return { client, connection: client.connection };
}
