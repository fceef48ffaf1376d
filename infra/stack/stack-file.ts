import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson, readText, replaceFile } from './private-file.js';
import type { StackFolder } from './stack-folder.js';

/** What `stack.json` says of a running stack to whoever uses it. It holds no secret. */
export interface StackFile {
  readonly postgres: {
    /** True: the PostgreSQL of this data folder, whose passwords are in its secrets.json. */
    readonly embedded: boolean;
    readonly host: string;
    readonly port: number;
    readonly database: string;
  };
  /** `host:port` of brokers. */
  readonly brokers: readonly string[];
  /** Kafka Connect's REST interface. */
  readonly connectUrl: string;
  /** Name of the connector. */
  readonly connector: string;
  /** Name of the replication slot that the connector reads. */
  readonly slot: string;
}

/** The stack that is meant to run on the folder; null when none is. */
export async function readStackFile(folder: StackFolder): Promise<StackFile | null> {
  return readJson<StackFile>(pathIn(folder));
}

/** Says where everything is; a reader sees the old file or the new one. */
export async function writeStackFile(folder: StackFolder, file: StackFile): Promise<void> {
  await replaceFile(pathIn(folder), `${JSON.stringify(file, null, 2)}\n`);
}

/** Takes the file away, since no stack is meant to run; `lastStackFile` still knows what it said. */
export async function removeStackFile(folder: StackFolder): Promise<void> {
  const file = await readText(pathIn(folder));
  if (file === null) return;
  await replaceFile(lastPathIn(folder), file);
  await rm(pathIn(folder), { force: true });
}

/** The stack that runs, else the one that ran last: its addresses are worth being taken again. */
export async function lastStackFile(folder: StackFolder): Promise<StackFile | null> {
  return (await readStackFile(folder)) ?? readJson<StackFile>(lastPathIn(folder));
}

function pathIn({ root }: StackFolder): string {
  return join(root, 'stack.json');
}

function lastPathIn({ root }: StackFolder): string {
  return join(root, 'last-stack.json');
}
