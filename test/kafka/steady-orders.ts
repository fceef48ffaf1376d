import { setTimeout as delay } from 'node:timers/promises';
import type { Flow } from '../support/flow.js';

/** Milliseconds from one order to the next. */
const PAUSE_MS = 20;

/** Somebody who submits orders without a pause, whatever becomes of them. */
export class SteadyOrders {
  /** Ids of the orders whose intents were taken. */
  readonly submitted: string[] = [];
  /** Intents that were not taken. */
  refused = 0;
  private stopped = false;
  private readonly working: Promise<void>;

  constructor(
    private readonly api: Flow,
    private readonly sku: string,
  ) {
    this.working = this.go();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.working;
  }

  private async go(): Promise<void> {
    while (!this.stopped) {
      const order = this.api.submit({ lines: [{ sku: this.sku, quantity: 1 }] });
      await order.then(
        (id) => this.submitted.push(id),
        () => (this.refused += 1),
      );
      await delay(PAUSE_MS);
    }
  }
}
