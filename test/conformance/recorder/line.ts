import type { PlacedRecord } from '../../../libs/platform/src/kafka-source/testing/topic-probe.js';

/** A line of a recording: one record of Kafka, its bytes as text and, to be sure of them, in base64. */
export interface Line {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly timestamp: string;
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string | null>>;
  readonly key_b64: string | null;
  readonly value_b64: string | null;
  readonly attributes: number;
}

/** The line of a record; `suffix`, which keeps the names of recordings apart on one broker, is left out wherever it stands. */
export function lineOf(
  { topic, partition, offset, timestamp, key, value, headers }: PlacedRecord,
  suffix: string,
): Line {
  const bare = (text: string) => text.replaceAll(suffix, '');
  const text = (bytes: Buffer | null) => (bytes === null ? null : bare(bytes.toString('utf8')));
  const base64 = (content: string | null) =>
    content === null ? null : Buffer.from(content, 'utf8').toString('base64');
  const [keyText, valueText] = [text(key), text(value)];
  const named = Object.entries(headers ?? {}).map(([name, content]) => [
    name,
    content === undefined || content === null ? null : bare(textOf(content)),
  ]);
  return {
    topic: bare(topic),
    partition,
    offset,
    timestamp,
    key: keyText,
    value: valueText,
    headers: Object.fromEntries(named) as Line['headers'],
    key_b64: base64(keyText),
    value_b64: base64(valueText),
    attributes: 0,
  };
}

/** Debezium writes each header once. */
function textOf(header: NonNullable<NonNullable<PlacedRecord['headers']>[string]>): string {
  return Array.isArray(header) ? header.map(String).join() : header.toString();
}
