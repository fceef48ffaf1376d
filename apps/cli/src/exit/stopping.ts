import { CommandFailure } from './command-failure.js';

const INTERRUPTED = 'It was stopped before it was done. Run it again: it goes on from where it was.';
/** Ctrl-C reaches every program of the terminal, and npm may pass it on as well: that is one wish, not two. */
const SAME_WISH_MS = 500;
const LOOK_AT_PARENT_MS = 500;
/** Exit code of a program that a signal ended, as shells have it. */
const ENDED_BY = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * A signal that aborts when the program is told to stop (Ctrl-C, SIGTERM, a closed terminal, the end of a program that
 * holds it by a channel), so that it stops in order. Told a second time, it ends at once; a PostgreSQL that stays is taken
 * over by the next start.
 */
export function whenToldToStop(): AbortSignal {
  const stopping = new AbortController();
  const stop = () => stopping.abort(new CommandFailure('interrupted', INTERRUPTED));
  let toldMs = 0;
  for (const name of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stopping.signal.aborted && performance.now() - toldMs > SAME_WISH_MS) process.exit(ENDED_BY[name]);
      toldMs ||= performance.now();
      stop();
    });
  }
  if (process.env['npm_command']) whenOrphaned(stop);
  whenLetGo(stop);
  return stopping.signal;
}

/** npx runs us in a shell, which keeps SIGTERM for itself and dies of it: nobody would tell us any more. */
function whenOrphaned(stop: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, LOOK_AT_PARENT_MS).unref();
}

/** A program that forked us holds us by a channel, which closes however that program ends. */
function whenLetGo(stop: () => void): void {
  if (process.connected === false) stop();
  process.once('disconnect', stop);
  // The channel alone keeps nothing running.
  process.channel?.unref();
}

/** Resolves once the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
