import type { ApiClient } from '../client/api-client.js';
import { pagesOf } from '../client/all-items.js';

interface Intent {
  readonly orderIntentId: string;
}

/** The intents of a source that the server took and made no order of, by their order intent ids. */
export class UndecidedIntents {
  readonly rejected = new Set<string>();
  readonly held = new Set<string>();
  private mustReadAll = true;

  constructor(
    private readonly client: ApiClient,
    private readonly source: string,
  ) {}

  /** An intent was sent with new content: what was known of it is over. */
  forget(orderIntentId: string): void {
    if (this.rejected.delete(orderIntentId) || this.held.delete(orderIntentId)) this.mustReadAll = true;
  }

  /** Learns what was added since the last time. Lists are newest first, so a page without news ends the reading. */
  async refresh(): Promise<void> {
    await this.readInto(this.rejected, 'rejected');
    await this.readInto(this.held, 'held');
    this.mustReadAll = false;
  }

  private async readInto(known: Set<string>, state: string): Promise<void> {
    for await (const page of pagesOf<Intent>(this.client, '/order-intents', { sourceSystem: this.source, state })) {
      const before = known.size;
      for (const { orderIntentId } of page) known.add(orderIntentId);
      if (known.size === before && !this.mustReadAll) return;
    }
  }
}
