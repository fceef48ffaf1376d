import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lockFolder } from '../../libs/platform/src/postgres/folder-lock.js';
import { StackError } from './stack-error.js';

/** Where everything of a stack lies, within the data folder. */
export interface StackFolder {
  readonly root: string;
  /** Kafka and Debezium, by version. */
  readonly jars: string;
  /** Settings, log, topics and process of the broker. */
  readonly broker: string;
  /** Settings, log and process of Connect. */
  readonly connect: string;
  /** What Connect's file provider may read; nobody else. */
  readonly secrets: string;
}

/** What ends a path in a classpath, in a list of paths, or in a reference to a secret. */
const SEPARATORS = /[:,*{}]/;

/** The folders of the stack of a data folder, which is absolute. Throws `folder-unusable`. */
export function stackFolder(dataDir: string): StackFolder {
  const root = join(dataDir, 'stack');
  if (SEPARATORS.test(root)) {
    throw new StackError(
      'folder-unusable',
      `Java and Kafka Connect cannot name files below ${root}: choose a data folder without : , * { } (ORDERKEEL_DATA_DIR).`,
    );
  }
  const connect = join(root, 'connect');
  return { root, jars: join(root, 'jars'), broker: join(root, 'broker'), connect, secrets: join(connect, 'secrets') };
}

/** Makes the folders, for their owner alone, and keeps other commands out of them during `work`. Throws `stack-busy`. */
export async function inStackFolder<T>(folder: StackFolder, work: () => Promise<T>): Promise<T> {
  // PostgreSQL's user, if it is another one, must be able to pass through the data folder.
  await mkdir(join(folder.root, '..'), { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  for (const path of [folder.root, folder.jars, folder.broker, folder.connect, folder.secrets])
    await mkdir(path, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder.root).catch((error: { code?: string }) => {
    if (error.code !== 'folder-in-use') throw error;
    throw new StackError(
      'stack-busy',
      `Another command is at work on ${folder.root}: run this again when it has ended.`,
    );
  });
  try {
    return await work();
  } finally {
    await lock.release();
  }
}
