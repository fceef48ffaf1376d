import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** A record of a data topic; key and value as text. */
export interface TopicRecord {
  readonly topic: string;
  readonly key: string | null;
  readonly value: string;
}

/** One step of the recordings: its statements, and what Debezium made of them. */
export interface Step {
  readonly name: string;
  readonly statements: readonly string[];
  readonly records: readonly TopicRecord[];
}

const FOLDER = new URL('./recordings/', import.meta.url);

/** The steps that are streamed, in the order in which they were recorded. */
export function streamedSteps(): Step[] {
  const names = readdirSync(fileURLToPath(FOLDER)).filter(
    (name) => /^\d\d-.*\.sql$/.test(name) && !name.startsWith('00'),
  );
  return names.sort().map((name) => {
    const step = name.replace('.sql', '');
    return { name: step, statements: statementsOf(step), records: recordsOf(step) };
  });
}

/** The statements of a file, each as it was sent: one line, or more where a text or a table's columns go on. */
export function statementsOf(name: string): string[] {
  return readFileSync(new URL(`${name}.sql`, FOLDER), 'utf8')
    .split(/(?<=;)\n/)
    .filter((statement) => statement.trim() !== '');
}

/** The records of a step; a step without a file made none. */
export function recordsOf(name: string): TopicRecord[] {
  if (!readdirSync(fileURLToPath(FOLDER)).includes(`${name}.ndjson.gz`)) return [];
  const lines = gunzipSync(readFileSync(new URL(`${name}.ndjson.gz`, FOLDER))).toString('utf8');
  return lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TopicRecord);
}
