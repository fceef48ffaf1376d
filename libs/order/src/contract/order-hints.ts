/** Called with the orders that something was just committed for. */
export type OrderListener = (orderIds: readonly string[]) => void;

/**
 * Hints within one process: something was committed for these orders, so look again. They only save time: another
 * process gives none, so whoever listens polls as well.
 */
class OrderHints {
  private readonly listeners = new Set<OrderListener>();

  /** Listens until the returned function is called. */
  listen(listener: OrderListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  touched(orderIds: readonly string[]): void {
    for (const listener of this.listeners) listener(orderIds);
  }
}

/** The hints of this process. */
export const orderHints = new OrderHints();
