/**
 * Settings of a replication session alone, as the `options` of its connection: values are printed one way whatever the
 * server's defaults are, and a client that went silent is dropped soon, so that another may take the slot (reliability 3.4).
 * One that exports a snapshot idles in its transaction for as long as others read it, which no timeout may end.
 */
export function sessionSettings(walSenderTimeoutMs: number, lockTimeoutMs?: number): string {
  const settings: Record<string, string> = {
    wal_sender_timeout: `${walSenderTimeoutMs}ms`,
    timezone: 'UTC',
    datestyle: 'ISO',
    bytea_output: 'hex',
    client_encoding: 'UTF8',
    idle_in_transaction_session_timeout: '0',
    transaction_timeout: '0',
    ...(lockTimeoutMs === undefined ? {} : { lock_timeout: `${lockTimeoutMs}ms` }),
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
}
