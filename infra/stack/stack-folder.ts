import { dirname, join } from 'node:path';
import { lockFolder, type FolderLock } from '../../libs/platform/src/postgres/folder-lock.js';
import { makeFolders } from '../../libs/platform/src/postgres/make-folders.js';
import { makeDataFolder } from '../../libs/platform/src/postgres/place.js';
import { explainFileError } from '../../libs/platform/src/postgres/start-error.js';
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

/**
 * Makes the folders, for their owner alone, and keeps other commands out of them during `work`. Throws `stack-busy`, and what the
 * embedded PostgreSQL says of a data folder that cannot be written.
 */
export async function inStackFolder<T>(folder: StackFolder, work: () => Promise<T>): Promise<T> {
  const lock = await madeAndLocked(folder).catch((error: { code?: string }) => {
    if (error.code !== 'folder-in-use') throw explainFileError(error, dirname(folder.root));
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

async function madeAndLocked({ root, jars, broker, connect, secrets }: StackFolder): Promise<FolderLock> {
  await makeDataFolder(dirname(root));
  for (const path of [root, jars, broker, connect, secrets]) await makeFolders(path, 0o700);
  return lockFolder(root);
}
