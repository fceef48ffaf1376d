import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Line } from './line.js';
import type { Recording } from './recorder.js';

/** Lines as a folder has them: some hold only topic, key and value. */
export type RecordedLine = Pick<Line, 'topic' | 'key' | 'value'> & Partial<Line>;

/** Reads the recording in a folder; null when there is no such folder. */
export function readRecording(folder: string): ReadonlyMap<string, readonly RecordedLine[]> | null {
  if (!existsSync(folder)) return null;
  const files = readdirSync(folder).filter((name) => name.endsWith('.ndjson.gz'));
  return new Map(
    files.map((file) => {
      const text = gunzipSync(readFileSync(join(folder, file))).toString('utf8');
      const lines = text.split('\n').filter((line) => line !== '');
      return [file.replace('.ndjson.gz', ''), lines.map((line) => JSON.parse(line) as RecordedLine)];
    }),
  );
}

/** Writes one file per step. */
export async function writeRecording(folder: string, recording: Recording): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [step, lines] of recording) {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    await writeFile(join(folder, `${step}.ndjson.gz`), gzipSync(text));
  }
}
