import { CommandFailure } from './command-failure.js';

const INTERRUPTED = 'It was stopped before it was done. Run it again: it goes on from where it was.';
/** Exit code of a program that a signal ended, as shells have it. */
const ENDED_BY = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * A signal that aborts when the program is told to stop (Ctrl-C, SIGTERM), so that it stops in order. Told a second
 * time, it ends at once; a PostgreSQL that stays is taken over by the next start.
 */
export function whenToldToStop(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stopping.signal.aborted) process.exit(ENDED_BY[name]);
      stopping.abort(new CommandFailure('interrupted', INTERRUPTED));
    });
  }
  return stopping.signal;
}

/** Resolves once the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
