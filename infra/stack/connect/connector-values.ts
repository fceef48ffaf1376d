/** Name of the file that Kafka Connect's file provider reads, in the folder of secrets. */
export const SECRETS_FILE = 'db.properties';

/** What the connector's place decides: properties by name, and the secrets, which are in none of them. */
interface PlacedValues {
  readonly values: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * The values that depend on the PostgreSQL of `replicationUrl` and on the one broker; `secretsFile` is the absolute path that the
 * values refer to.
 */
export function connectorValues(replicationUrl: URL, secretsFile: string): PlacedValues {
  const secret = (name: string) => `\${file:${secretsFile}:${name}}`;
  const rootCertificate = replicationUrl.searchParams.get('sslrootcert');
  return {
    values: {
      'database.hostname': secret('host'),
      'database.port': replicationUrl.port || '5432',
      'database.user': decodeURIComponent(replicationUrl.username),
      'database.password': secret('password'),
      'database.dbname': decodeURIComponent(replicationUrl.pathname.slice(1)),
      'database.sslmode': sslMode(replicationUrl),
      ...(rootCertificate !== null && { 'database.sslrootcert': rootCertificate }),
      'topic.creation.single.replication.factor': '1',
      'topic.creation.default.replication.factor': '1',
    },
    secrets: { host: replicationUrl.hostname, password: decodeURIComponent(replicationUrl.password) },
  };
}

/** Node's driver encrypts when it is told to; so does Debezium, in the words of PostgreSQL's own library. */
function sslMode({ searchParams }: URL): string {
  const mode = searchParams.get('sslmode') ?? 'disable';
  return mode === 'no-verify' ? 'require' : mode;
}
