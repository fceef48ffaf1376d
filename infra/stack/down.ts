import { dirname } from 'node:path';
import { stopEmbedded } from '../../libs/platform/src/postgres/stop-embedded.js';
import { livingRecord } from './process/process-record.js';
import { stopProcess } from './process/stop-process.js';
import { readStackFile, removeStackFile } from './stack-file.js';
import type { StackPlace } from './stack-place.js';

/** Clean stops take 1 to 6 seconds on an idle machine. */
const PATIENCE_MS = 20_000;
/** Kafka Connect without its broker may never end by itself. */
const ORPHAN_PATIENCE_MS = 2_000;

/**
 * Ends what runs of a stack, data kept: Connect first, since it cannot end in order without the broker, which ends before the
 * PostgreSQL that it has nothing to do with. Gives the names of what was ended.
 */
export async function down({ folder, postgresFolder }: StackPlace, say: (line: string) => void): Promise<string[]> {
  const file = await readStackFile(folder);
  await removeStackFile(folder);
  const ended: string[] = [];
  const kafka = await livingRecord(folder.broker);
  const worker = await livingRecord(folder.connect);
  if (worker !== null) {
    say(`Ending Kafka Connect (process ${worker.pid})`);
    await stopProcess(worker, kafka === null ? ORPHAN_PATIENCE_MS : PATIENCE_MS);
    ended.push('connect');
  }
  if (kafka !== null) {
    say(`Ending the broker (process ${kafka.pid})`);
    await stopProcess(kafka, PATIENCE_MS);
    ended.push('broker');
  }
  if (postgresFolder !== null && (await endPostgres(postgresFolder, say))) ended.push('postgres');
  if (ended.length > 0) await tellWhoLostIt(dirname(folder.root), say);
  if (file?.postgres.embedded === false)
    say(`The slot ${file.slot} stays on ${file.postgres.host}, and keeps WAL there until the stack is up again`);
  return ended;
}

/** A program waits for what it has lost, for as long as it takes; whoever ended that should know. */
async function tellWhoLostIt(dataDir: string, say: (line: string) => void): Promise<void> {
  // It loads the whole product, which a command that finds nothing to end is not to wait for.
  const { readServerFile } = await import('../../apps/server/src/server-file.js');
  const server = await readServerFile(dataDir);
  if (server === null) return;
  say(`A program still runs on it (process ${server.pid}, ${server.url}) and waits: end it, or run stack:up again`);
}

/** One that a program keeps running is that program's. */
async function endPostgres(folder: string, say: (line: string) => void): Promise<boolean> {
  try {
    const ended = await stopEmbedded(folder);
    if (ended) say('PostgreSQL has ended');
    return ended;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code !== 'folder-in-use') throw error;
    say(`PostgreSQL goes on: ${message}`);
    return false;
  }
}
