import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { explainFileError, makeFolders } from '@orderkeel/platform';

/** What DATA_DIR/server.json says of the running server (interfaces 6). */
export interface ServerFile {
  readonly pid: number;
  readonly url: string;
  /** The folder that really holds the data, when it is a stand-in for the one asked for. */
  readonly dataDir?: string;
}

/**
 * Says where the server listens; commands find it there. Gives the other server that was named until now, if it runs yet. Throws
 * what says what to do when the folder cannot be written.
 */
export async function writeServerFile(dataDir: string, file: ServerFile): Promise<ServerFile | null> {
  const former = await readServerFile(dataDir);
  await replaceServerFile(dataDir, file);
  return former?.pid === process.pid ? null : former;
}

/** Names the former server again where that still runs, else nobody; leaves the file alone when it is another's by now. */
export async function removeServerFile(dataDir: string, former: ServerFile | null): Promise<void> {
  const file = await readServerFile(dataDir);
  if (file?.pid !== process.pid) return;
  if (former !== null && runs(former)) await replaceServerFile(dataDir, former);
  else await rm(join(dataDir, 'server.json'), { force: true });
}

async function replaceServerFile(dataDir: string, file: ServerFile): Promise<void> {
  const draft = join(dataDir, `server.json.${process.pid}`);
  try {
    await makeFolders(dataDir);
    await writeFile(draft, `${JSON.stringify(file)}\n`);
    await rename(draft, join(dataDir, 'server.json'));
  } catch (error) {
    throw explainFileError(error, dataDir);
  }
}

/** The running server of a data folder; null when there is none, or when it was killed. */
export async function readServerFile(dataDir: string): Promise<ServerFile | null> {
  try {
    const file = JSON.parse(await readFile(join(dataDir, 'server.json'), 'utf8')) as ServerFile;
    return runs(file) ? file : null;
  } catch {
    return null;
  }
}

function runs({ pid }: ServerFile): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
