import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processIdentity } from './process-identity.js';
import { codeOf, PostgresStartError } from './start-error.js';

/** The right of one program to use a data folder. It ends with `release`, or with the process, however that ends. */
export interface FolderLock {
  /** Throws `folder-in-use` when another program has taken the folder in the meantime. */
  assertHeld(): Promise<void>;
  /** Gives the folder free; never throws. */
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
    while (!(await createdAs(draft, path))) await removeStale(path, draft, folder);
  } finally {
    await rm(draft, { force: true });
  }
  const held = async () => (await readHolder(path))?.token === token;
  return {
    assertHeld: async () => {
      if (!(await held())) throw inUse(folder, await readHolder(path));
    },
    release: async () => {
      if (await held()) await rm(path, { force: true });
    },
  };
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

/**
 * Takes a dead holder's lock away, or throws when it lives. Two programs may find the same stale lock: each moves away
 * what stands there and looks at what it got; a lock that is not the stale one is put back (and `assertHeld` at the end
 * of the start catches the rest).
 */
async function removeStale(path: string, draft: string, folder: string): Promise<void> {
  const holder = await readHolder(path);
  if (holder === null) return;
  if (holder.identity !== null && (await processIdentity(holder.pid)) === holder.identity) throw inUse(folder, holder);
  const moved = `${draft}.stale`;
  try {
    await rename(path, moved);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readHolder(moved))?.token !== holder.token) await createdAs(moved, path);
  await rm(moved, { force: true });
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
    return { pid: 0, identity: null, token: text };
  }
}

function inUse(folder: string, holder: Holder | null): PostgresStartError {
  return new PostgresStartError(
    'folder-in-use',
    `Another Orderkeel${holder === null ? '' : ` (process ${holder.pid})`} is using the data folder ${folder}. ` +
      `Stop it first, or give this one a folder of its own with ORDERKEEL_DATA_DIR.`,
  );
}
