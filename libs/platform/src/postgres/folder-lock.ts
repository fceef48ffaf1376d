import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processIdentity } from './process-identity.js';
import { codeOf, PostgresStartError } from './start-error.js';

/** The right of one program to use a data folder. It ends with `release`, or with the process, however that ends. */
export interface FolderLock {
  /** Gives the folder free. */
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  readonly identity: string | null;
  readonly token: string;
}

/**
 * Takes the data folder for this process, or throws `folder-in-use` naming the process that has it. A holder that was
 * killed (its id unknown, or given to a process that started later) does not keep anybody out.
 *
 * A file and no `flock`, which Node does not have; and no heartbeat as lock libraries use, because the next start after
 * a kill -9 must not wait for one to grow old.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, 'program.lock');
  const token = randomUUID();
  const mine: Holder = { pid: process.pid, identity: await processIdentity(process.pid), token };
  const draft = `${path}.${token}`;
  try {
    await writeFile(draft, JSON.stringify(mine), { mode: 0o600 });
    while (!(await taken(path, draft, folder)));
  } finally {
    await rm(draft, { force: true });
  }
  return {
    release: async () => {
      if ((await readHolder(path))?.token === token) await rm(path, { force: true });
    },
  };
}

/**
 * One attempt; false when the lock changed meanwhile. A dead holder's lock is never just removed, because of two programs
 * that find it at once the slower one would remove the quicker one's. It is inherited: each holder can have one heir, the
 * one whose file `after-<holder>` came to be. An heir who died as well is inherited from in the same way.
 */
async function taken(path: string, draft: string, folder: string): Promise<boolean> {
  if (await createdAs(draft, path)) return true;
  const first = await readHolder(path);
  const inheritance = await inherit(path, first, draft, folder);
  if (inheritance === null) return false;
  // The quicker heir shows itself in the lock before it removes the files of its inheritance.
  const stillFirst = (await readHolder(path))?.token === first?.token;
  if (stillFirst) await rename(draft, path);
  for (const file of stillFirst ? inheritance : inheritance.slice(-1)) await rm(file, { force: true });
  return stillFirst;
}

/** Becomes the heir of the last of the dead, and gives the files of all heirs; null when a holder went meanwhile. */
async function inherit(path: string, first: Holder | null, draft: string, folder: string): Promise<string[] | null> {
  const heirs: string[] = [];
  for (let holder = first; holder !== null; holder = await readHolder(heirs.at(-1) ?? path)) {
    if (await lives(holder)) throw inUse(folder, holder);
    const heir = `${path}.after-${holder.token}`;
    heirs.push(heir);
    if (await createdAs(draft, heir)) return heirs;
  }
  return null;
}

async function lives({ pid, identity }: Holder): Promise<boolean> {
  return identity !== null && (await processIdentity(pid)) === identity;
}

/** A hard link appears at once, with its content, and only if the name is free. */
async function createdAs(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function readHolder(path: string): Promise<Holder | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
  try {
    return JSON.parse(text) as Holder;
  } catch {
    // A lock is linked complete; what is not JSON was cut by a crash of the machine, so its holder is gone.
    return { pid: 0, identity: null, token: 'unreadable' };
  }
}

function inUse(folder: string, { pid }: Holder): PostgresStartError {
  return new PostgresStartError(
    'folder-in-use',
    `Another Orderkeel (process ${pid}) is using the data folder ${folder}. ` +
      `Stop it first, or give this one a folder of its own with ORDERKEEL_DATA_DIR.`,
  );
}
