import type { Logger } from 'pino';

/** What runs, stopped in reverse order; a part that fails to stop does not keep the others running. */
export class StartedParts {
  private readonly stops: (() => Promise<unknown>)[] = [];

  constructor(private readonly log: Logger) {}

  /** Remembers how the part that was just started is stopped. */
  add(stop: () => Promise<unknown>): void {
    this.stops.push(stop);
  }

  /** Stops all; does nothing the second time. */
  async stop(): Promise<void> {
    for (const stop of this.stops.splice(0).reverse()) {
      await stop().catch((error: unknown) => this.log.error({ error: String(error) }, 'a part did not stop in order'));
    }
  }
}
