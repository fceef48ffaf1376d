/**
 * The latest count of an order's entries, and whether it says that there is something to read. Entries are only ever
 * added, so two readings that show as many show the same.
 */
export class EntryCount {
  private latest: number | undefined;
  private handled: number | undefined;
  private ended = false;
  private wake: () => void = () => undefined;

  /** A look has counted. */
  tell(entries: number): void {
    this.latest = entries;
    this.wake();
  }

  /** Nobody waits any more. */
  end(): void {
    this.ended = true;
    this.wake();
  }

  /** To be called before a reading: what is counted from now on may be newer than it. */
  reading(): void {
    this.handled = this.latest;
  }

  /** Waits until there may be more than the entries that were read; false when it has ended. */
  async grown(read: number): Promise<boolean> {
    while (!this.ended && (this.latest === undefined || this.latest === this.handled || this.latest === read))
      await new Promise<void>((resolve) => (this.wake = resolve));
    return !this.ended;
  }
}
