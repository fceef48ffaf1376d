import { join } from 'node:path';
import { processIdentity } from '../../../libs/platform/src/postgres/process-identity.js';
import { readJson, replaceFile } from '../private-file.js';

/** What is remembered of a process that was started, also when it has ended. */
export interface ProcessRecord {
  readonly pid: number;
  /** Tells it from another process that got its id later. */
  readonly identity: string | null;
  /** The first is the one that others talk to. */
  readonly ports: readonly [number, ...number[]];
  /** Digest of the command and the settings that it was started with. */
  readonly fingerprint: string;
}

/** The process that was started last in the folder of a program; null when there was none. */
export async function readRecord(folder: string): Promise<ProcessRecord | null> {
  return readJson<ProcessRecord>(pathIn(folder));
}

/** Remembers a process that was just started. */
export async function writeRecord(folder: string, record: Omit<ProcessRecord, 'identity'>): Promise<ProcessRecord> {
  const known = { ...record, identity: await processIdentity(record.pid) };
  await replaceFile(pathIn(folder), `${JSON.stringify(known, null, 2)}\n`);
  return known;
}

/** Whether the very process lives. */
export async function lives({ pid, identity }: ProcessRecord): Promise<boolean> {
  return identity !== null && (await processIdentity(pid)) === identity;
}

/** The living process of a program's folder; null when it has ended, or was never started. */
export async function livingRecord(folder: string): Promise<ProcessRecord | null> {
  const record = await readRecord(folder);
  return record !== null && (await lives(record)) ? record : null;
}

function pathIn(folder: string): string {
  return join(folder, 'process.json');
}
