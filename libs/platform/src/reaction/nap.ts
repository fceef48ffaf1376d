/** A wait that can be cut short; one at a time. */
export class Nap {
  private wakeUp: (() => void) | null = null;

  /** Ends the wait under way, if there is one. */
  wake(): void {
    this.wakeUp?.();
  }

  sleep(ms: number): Promise<void> {
    if (ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
