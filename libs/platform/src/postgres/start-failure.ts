import { open, statfs } from 'node:fs/promises';
import type { Place } from './place.js';
import { diskFull, PostgresStartError } from './start-error.js';

const TAIL_BYTES = 64 * 1024;

/** Reads from the server's own log why it did not start; `logStart` is where this attempt began to write. */
export async function explainLog(place: Place, port: number, logStart: number): Promise<PostgresStartError> {
  const lines = await readFrom(place.logFile, logStart);
  if (/Address already in use/.test(lines))
    return new PostgresStartError(
      'port-taken',
      `Port ${port} on 127.0.0.1, asked for as the port of PostgreSQL, is taken by another program. Stop that program or choose another port.`,
    );
  if (/No space left on device|Disk quota exceeded/.test(lines) || (await hasNoRoom(place.folder)))
    return diskFull(place.folder);
  if (/pre-existing shared memory block|lock file ".*" already exists/.test(lines))
    return new PostgresStartError(
      'left-over-processes',
      `Processes of an earlier PostgreSQL still use ${place.clusterDir}. End them (see ${place.logFile}) and start again.`,
    );
  return new PostgresStartError(
    'start-failed',
    `PostgreSQL did not start: ${lastLines(lines)} (whole log: ${place.logFile})`,
  );
}

/** On a full disk the server cannot even write down why it gave up. */
async function hasNoRoom(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < 1024 * 1024;
}

async function readFrom(path: string, start: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const from = Math.max(start, size - TAIL_BYTES);
    const buffer = Buffer.alloc(size - from);
    await file.read(buffer, 0, buffer.length, from);
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-5).join(' | ') || 'it ended without a word';
}
