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

/** A URL with these settings behind its own `options`, if it has any: pg lets those of the URL win over the configuration's. */
export function withSettings(url: string, settings: string): string {
  const parsed = new URL(url);
  const own = parsed.searchParams.get('options');
  parsed.searchParams.set('options', own === null ? settings : `${own} ${settings}`);
  return parsed.href;
}
