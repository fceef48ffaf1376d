import { orderHints } from '../contract/order-hints.js';

/** What is looked up for many orders at once; orders of which nothing is known are left out. */
export type Look<Found> = (orderIds: readonly string[]) => Promise<ReadonlyMap<string, Found>>;

/** Told what the latest look found. */
export type Watcher<Found> = (found: Found) => void;

/**
 * Looks at the watched orders: at once where this process has a hint that something was committed for one, and at all
 * of them every interval, since other processes give no hints. One look at a time, however many watch; none at all
 * while nobody does (reliability 3.12).
 */
export class OrderWatch<Found> {
  private readonly watchers = new Map<string, Set<Watcher<Found>>>();
  private readonly due = new Set<string>();
  private looking = false;
  private rest: (() => void) | undefined;

  constructor(
    private readonly look: Look<Found>,
    private readonly intervalMs: number,
  ) {}

  /** Watches an order until the returned function is called; the first look is due within an interval. */
  watch(orderId: string, watcher: Watcher<Found>): () => void {
    const watchers = this.watchers.get(orderId) ?? new Set();
    this.watchers.set(orderId, watchers.add(watcher));
    this.rest ??= this.begin();
    return () => {
      watchers.delete(watcher);
      if (watchers.size === 0 && this.watchers.get(orderId) === watchers) this.watchers.delete(orderId);
      if (this.watchers.size === 0) this.end();
    };
  }

  /** How many orders are watched. */
  get size(): number {
    return this.watchers.size;
  }

  private begin(): () => void {
    const timer = setInterval(() => this.lookAt([...this.watchers.keys()]), this.intervalMs);
    const unlisten = orderHints.listen((orderIds) => this.lookAt(orderIds));
    return () => {
      clearInterval(timer);
      unlisten();
    };
  }

  private end(): void {
    this.rest?.();
    this.rest = undefined;
    this.due.clear();
  }

  private lookAt(orderIds: readonly string[]): void {
    for (const orderId of orderIds) if (this.watchers.has(orderId)) this.due.add(orderId);
    if (!this.looking && this.due.size > 0) void this.lookWhileDue();
  }

  private async lookWhileDue(): Promise<void> {
    this.looking = true;
    while (this.due.size > 0) {
      const orderIds = [...this.due];
      this.due.clear();
      // A look that fails (the database is away) is made up for by the next interval's.
      const found = await this.look(orderIds).catch(() => new Map<string, Found>());
      for (const [orderId, each] of found) for (const tell of this.watchers.get(orderId) ?? []) tell(each);
    }
    this.looking = false;
  }
}
