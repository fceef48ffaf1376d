/**
 * Settings of a replication session alone, as the `options` of its connection: values are printed one way whatever the
 * server's defaults are, and a client that went silent is dropped soon, so that another may take the slot (reliability 3.4).
 */
export function sessionSettings(walSenderTimeoutMs: number, lockTimeoutMs?: number): string {
  const settings: Record<string, string> = {
    wal_sender_timeout: `${walSenderTimeoutMs}ms`,
    timezone: 'UTC',
    datestyle: 'ISO',
    bytea_output: 'hex',
    client_encoding: 'UTF8',
    ...(lockTimeoutMs === undefined ? {} : { lock_timeout: `${lockTimeoutMs}ms` }),
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
}
