import { spawn } from 'node:child_process';

/**
 * Ends the server of `clusterDir`, if there is one, and removes `folder` when this process is gone, also after kill -9: a
 * shell waits for the end of a pipe whose other end only this process holds. (The kernel's parent-death signal exists on
 * Linux alone, and PostgreSQL started by root would lose it with the change of user.)
 */
export function endWithWorker(folder: string, clusterDir: string): void {
  const watcher = spawn('/bin/sh', ['-c', WATCH, clusterDir, folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.unref();
  // Open as long as the process lives, but no reason for it to live.
  (watcher.stdin as unknown as { unref(): void }).unref();
}

const WATCH = `
  read -r _
  pid=$(head -n 1 "$0/postmaster.pid")
  if [ -n "$pid" ]; then
    kill -QUIT "$pid"
    # At most 10 s: in a container without an init process the dead server stays as a zombie.
    for _ in $(seq 100); do kill -0 "$pid" || break; sleep 0.1; done
  fi
  rm -rf "$1"`;
