import { totalmem } from 'node:os';

/** One setting of the server and why it is not left at PostgreSQL's default. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  readonly why: string;
}

const MIB = 1024 * 1024;

/** Settings of the embedded server, for a machine with so much memory. They are written anew at each start. */
export function serverSettings(major: 17 | 18, clusterName: string, memoryBytes: number): Setting[] {
  return [...fixedSettings(clusterName), ...memorySettings(memoryBytes), ...(major >= 18 ? SETTINGS_18 : [])];
}

/** The memory that this process may use: the machine's, or the container's limit. */
export function usableMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** The text of a configuration file; `overrides` come last and so win. */
export function renderSettings(settings: readonly Setting[], overrides: Readonly<Record<string, string>>): string {
  const line = (name: string, value: string) => `${name} = '${value.replaceAll("'", "''")}'`;
  return [
    '# Written by Orderkeel at each start; changes here are lost. Yours belong into local.conf beside this file.',
    ...settings.map(({ name, value, why }) => `\n# ${why}\n${line(name, value)}`),
    '',
    ...Object.entries(overrides).map(([name, value]) => line(name, value)),
    "include_if_exists = 'local.conf'",
    '',
  ].join('\n');
}

function fixedSettings(clusterName: string): Setting[] {
  return [
    { name: 'listen_addresses', value: '127.0.0.1', why: 'Only programs of this machine.' },
    { name: 'unix_socket_directories', value: '', why: 'Its path may be too long for a socket, and nobody needs it.' },
    { name: 'cluster_name', value: clusterName, why: 'So that "ps" tells whose server it is.' },
    { name: 'password_encryption', value: 'scram-sha-256', why: 'Nothing weaker, whatever the version defaults to.' },
    ...DURABILITY,
    ...CHANGE_STREAM,
    ...WORKLOAD,
    ...LOGGING,
  ];
}

const DURABILITY: Setting[] = [
  { name: 'fsync', value: 'on', why: 'What was accepted survives a crash of the machine.' },
  {
    name: 'synchronous_commit',
    value: 'on',
    why: 'A slot must never be ahead of lost effects (reliability 2.1, F19).',
  },
  { name: 'full_page_writes', value: 'on', why: 'Torn pages are repaired.' },
  { name: 'max_wal_size', value: '2GB', why: 'Fewer checkpoints under load; a recovery still ends within a minute.' },
  { name: 'min_wal_size', value: '256MB', why: 'Segments are reused instead of being made again.' },
  { name: 'checkpoint_timeout', value: '15min', why: 'Full-page images after each checkpoint are most of the WAL.' },
  { name: 'checkpoint_completion_target', value: '0.9', why: 'Spreads its writes, so that placing orders stays even.' },
  { name: 'wal_compression', value: 'on', why: 'Halves the full-page images for little processor time.' },
];

const CHANGE_STREAM: Setting[] = [
  { name: 'wal_level', value: 'logical', why: 'The change stream is read from the WAL.' },
  {
    name: 'max_replication_slots',
    value: '20',
    why: 'One for the stream; each catching-up executor takes one for a moment.',
  },
  { name: 'max_wal_senders', value: '20', why: 'As many as slots.' },
  { name: 'max_logical_replication_workers', value: '0', why: 'It publishes and never subscribes.' },
  {
    name: 'max_slot_wal_keep_size',
    value: '8GB',
    why: 'A slot that nobody reads must not fill the disk (reliability 2.1, F1).',
  },
];

const SETTINGS_18: Setting[] = [
  {
    name: 'idle_replication_slot_timeout',
    value: '1d',
    why: 'The net behind max_slot_wal_keep_size (reliability 2.1).',
  },
];

const WORKLOAD: Setting[] = [
  { name: 'timezone', value: 'UTC', why: 'Times are UTC everywhere.' },
  { name: 'lc_messages', value: 'C', why: 'Errors are recognised by code, but people search for the English text.' },
  { name: 'jit', value: 'off', why: 'Statements are short; compiling one costs more than running it.' },
  {
    name: 'max_parallel_workers_per_gather',
    value: '0',
    why: 'Cores serve many short statements; /dev/shm of containers is small.',
  },
  { name: 'max_parallel_maintenance_workers', value: '0', why: 'The same.' },
  { name: 'random_page_cost', value: '1.1', why: 'Solid-state disks: an index is nearly always right.' },
  {
    name: 'default_statistics_target',
    value: '20',
    why: 'A fifth of the sample tells which index to take; while tables double, analyzing them competes with orders.',
  },
  {
    name: 'max_locks_per_transaction',
    value: '256',
    why: 'A statement on a partitioned table locks each partition and its indexes.',
  },
  {
    name: 'idle_in_transaction_session_timeout',
    value: '10min',
    why: 'A forgotten writer stops the making of slots (reliability 2.1, F15).',
  },
];

const LOGGING: Setting[] = [
  { name: 'log_timezone', value: 'UTC', why: 'As the times of the program.' },
  { name: 'log_line_prefix', value: '%m [%p] ', why: 'Time and process.' },
  {
    name: 'log_min_messages',
    value: 'log',
    why: 'Refused statements are answers to the program, which reports them itself.',
  },
  { name: 'log_min_error_statement', value: 'panic', why: "Statements carry people's data; they stay out of the log." },
  { name: 'log_checkpoints', value: 'off', why: 'The log grows by trouble only.' },
];

function memorySettings(memoryBytes: number): Setting[] {
  const mib = (share: number, min: number, max: number) =>
    `${Math.round(Math.min(Math.max((memoryBytes * share) / MIB, min), max))}MB`;
  return [
    {
      name: 'shared_buffers',
      value: mib(1 / 8, 128, 1024),
      why: 'An eighth of the memory: the machine is shared with others.',
    },
    { name: 'effective_cache_size', value: mib(1 / 2, 256, 65_536), why: 'What the operating system will cache.' },
    { name: 'work_mem', value: '8MB', why: 'Batches sort and hash a few thousand rows.' },
    { name: 'maintenance_work_mem', value: mib(1 / 64, 64, 256), why: 'Vacuum and index builds.' },
  ];
}
