import type { RecordedLine } from './files.js';

type Replacements = readonly (readonly [RegExp, string])[];

/**
 * What must differ between two runs. A number is replaced by a number only: a null, a missing field and another order of fields
 * still show.
 */
const RUN_DEPENDENT: Replacements = [
  // Times, positions and transactions, also as the transforms name them.
  [/"(ts_ms|ts_us|ts_ns|txId|lsn|timestamp|__source_lsn|__source_txId)":\d+/g, '"$1":0'],
  [/"sequence":"\[(null|\\"\d+\\"),\\"\d+\\"\]"/, '"sequence":"[]"'],
  [/"id":"\d+:\d+"/g, '"id":"transaction"'],
  [/"db":"[^"]*"/, '"db":""'],
  // A column that had the time of the run as its default.
  [/"d_tstz":"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"/g, '"d_tstz":"now"'],
  // Names that Debezium draws, of a notification and of the windows of an incremental snapshot; and the times of those.
  [/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, 'random'],
  [/WindowTimestamp\\": \\"[^"\\]*\\"/g, 'WindowTimestamp'],
  // The collection of messages is named as a Java object is, by its address.
  [/LogicalDecodingMessageId@[0-9a-f]+/g, 'LogicalDecodingMessageId'],
];

/** By a word in the step's name, what differs in it besides. */
const BY_STEP: Readonly<Record<string, Replacements>> = {
  // A heartbeat holds the time.
  heartbeat: [[/"content":"[^"]*"/, '"content":""']],
  // A snapshot in the midst of the stream says which transaction was read last, or none where that was a message.
  blocking: [[/"(txId|__source_txId)":(?:null|\d+)/, '"$1":0']],
  // A connector asks for a column's default when it reads, and may find it gone; a converter puts a default in place of null.
  'add-column': [
    [/"default":"n",(?="field":"note")/g, ''],
    [/"note":"n"/g, '"note":null'],
  ],
  // Of rows with one key any may be left: this is the loss that the step shows. They are as old as their run.
  collision: [
    [/"id":"[^"]*"(?=,"order_id")/, '"id":""'],
    [/"received_at":"[^"]*"/, '"received_at":""'],
  ],
};

/** Each start of a connector has another run id; a position may be in a header too. */
const RUN_DEPENDENT_HEADERS = /^(__debezium\.context\.runId|__source_lsn)$/;

/** Lists and objects in these topics have the order of Java's hashes, which is another in each process. */
const HASHED: Readonly<Record<string, string>> = { notifications: 'additional_data', transaction: 'data_collections' };

/** A line as text that is the same whenever what was recorded is the same: place, key, value, headers. */
export function comparableLine(step: string, { topic, partition, key, value, headers }: RecordedLine): string {
  const replacements = Object.entries(BY_STEP).flatMap(([word, special]) => (step.includes(word) ? special : []));
  const plain = (text: string | null) =>
    [...RUN_DEPENDENT, ...replacements].reduce((left, [pattern, by]) => left.replace(pattern, by), text ?? 'null');
  const kept = Object.entries(headers ?? {}).map(([name, text]) => [
    name,
    RUN_DEPENDENT_HEADERS.test(name) && text !== null ? '' : plain(text),
  ]);
  const place = partition !== undefined && isPlacedByKey(key, plain(key)) ? `${topic}/${partition}` : topic;
  return `${place} ${plain(key)} ${plain(inOrder(topic, value))} ${JSON.stringify(kept)}`;
}

/** A key of this run, and one that names the connector with its schema, lead to any partition. */
function isPlacedByKey(key: string | null, plainKey: string): boolean {
  return key !== null && key === plainKey && !key.startsWith('{"schema":');
}

function inOrder(topic: string, value: string | null): string | null {
  const hashed = HASHED[topic.split('.').at(-1)!];
  if (hashed === undefined || value === null) return value;
  const content = JSON.parse(value) as Record<string, object | null>;
  const part = content[hashed] ?? null;
  if (part === null) return value;
  const sorted = (entries: unknown[]) => entries.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return JSON.stringify({ ...content, [hashed]: sorted(Array.isArray(part) ? part : Object.entries(part)) });
}
