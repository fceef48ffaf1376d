import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Drafts are called by the process that makes them, so that those of killed builders are known. */
const DRAFT = /^\.dist-(\d+)$/;
/** Placing takes a millisecond; a lock so old was left behind. */
const LEFT_BEHIND_MS = 5_000;

/** Where this process compiles to; what killed builders left is taken away. */
export function draftFolder(root) {
  for (const name of readdirSync(root)) {
    const pid = Number(DRAFT.exec(name)?.[1] ?? 0);
    if (pid > 0 && (pid === process.pid || !isAlive(pid))) rmSync(join(root, name), { recursive: true, force: true });
  }
  return join(root, `.dist-${process.pid}`);
}

/** The fingerprint of the sources that dist was compiled from; null when there is no dist. */
export function fingerprintOfDist(root) {
  const file = join(root, 'dist', 'built-from');
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/**
 * Makes the draft dist. Whoever comes second with the same content leaves the first one's in place, which may be running
 * already; for everybody else dist is replaced between two moments.
 */
export async function place(root, draft, fingerprint) {
  const lock = join(root, '.dist-lock');
  while (!tookLock(lock)) await pause(10);
  try {
    if (fingerprintOfDist(root) === fingerprint) return;
    const old = `${draft}-old`;
    if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), old);
    renameSync(draft, join(root, 'dist'));
    rmSync(old, { recursive: true, force: true });
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function tookLock(lock) {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const sinceMs = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - sinceMs > LEFT_BEHIND_MS) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
