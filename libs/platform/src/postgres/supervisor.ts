import { setTimeout as delay } from 'node:timers/promises';
import type { ServerProcess } from './server-process.js';
import { stopServer } from './server-stop.js';
import { messageOf } from './start-error.js';
import type { StartLog } from './start-log.js';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;
/** A server that ran so long was well; its death is not the continuation of the last one. */
const WELL_AFTER_MS = 60_000;

/** What the supervisor needs to know. */
interface Supervision {
  /** Starts the server again, on the same port. */
  readonly restart: (signal: AbortSignal) => Promise<ServerProcess>;
  readonly log: StartLog;
  /** Told after each restart, when connections are accepted again. */
  readonly onRestart: (() => void) | undefined;
}

/** Keeps a server running as long as the program lives. */
export class Supervisor {
  private readonly stopping = new AbortController();
  private readonly watching: Promise<void>;

  constructor(
    private server: ServerProcess,
    private readonly supervision: Supervision,
  ) {
    this.watching = this.watch();
  }

  /** The process id of the newest server. */
  get pid(): number {
    return this.server.pid;
  }

  /** Ends the server and the watch over it; it is gone when this resolves. May be called more than once. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await stopServer(this.server);
    await this.watching;
    // A restart that was under way may have been quicker than the wish to stop.
    await stopServer(this.server);
  }

  /** Ends the watch alone: the server goes on, for another program to use or to take over. */
  leave(): void {
    this.stopping.abort();
  }

  private async watch(): Promise<void> {
    const { signal } = this.stopping;
    let waitMs = 0;
    while (!signal.aborted) {
      const sinceMs = performance.now();
      await this.server.exited;
      if (signal.aborted) return;
      if (performance.now() - sinceMs > WELL_AFTER_MS) waitMs = 0;
      this.supervision.log.warn(`PostgreSQL (process ${this.server.pid}) ended unexpectedly; starting it again`);
      do {
        await delay(waitMs, undefined, { signal }).catch(() => undefined);
        waitMs = Math.min(Math.max(waitMs * 2, FIRST_WAIT_MS), LONGEST_WAIT_MS);
      } while (!signal.aborted && !(await this.restarted()));
    }
  }

  private async restarted(): Promise<boolean> {
    try {
      this.server = await this.supervision.restart(this.stopping.signal);
    } catch (error) {
      if (!this.stopping.signal.aborted) this.supervision.log.warn(messageOf(error));
      return false;
    }
    this.supervision.log.info(`PostgreSQL runs again (process ${this.server.pid})`);
    this.supervision.onRestart?.();
    return true;
  }
}
