/** Takes a message in; a promise when the next one must wait for it. */
export type Feed = (chunk: Buffer) => Promise<void> | undefined;

/** What can stop and continue to read from the network. */
export interface Tap {
  pause(): void;
  resume(): void;
}

/**
 * Hands the server's messages on one by one, in order, and none while paused. What the socket had already read is kept
 * (a few dozen kilobytes); the rest waits in the kernel and in the server.
 */
export class Intake {
  private readonly queue: Buffer[] = [];
  private paused = false;
  private waiting = false;
  private draining = false;
  private closed = false;

  constructor(
    private readonly feed: Feed,
    private readonly tap: Tap,
    private readonly fail: (error: unknown) => void,
  ) {}

  /** Whether messages are held back. */
  get blocked(): boolean {
    return this.paused || this.waiting;
  }

  /** The bytes may be overwritten after the call. */
  offer(chunk: Buffer): void {
    if (this.closed) return;
    if (this.blocked || this.draining || this.queue.length > 0) this.queue.push(Buffer.from(chunk));
    else this.take(chunk);
  }

  pause(): void {
    this.paused = true;
    this.tap.pause();
  }

  resume(): void {
    this.paused = false;
    this.drain();
  }

  /** Drops what is held back and everything that still comes. */
  close(): void {
    this.closed = true;
    this.queue.length = 0;
  }

  private drain(): void {
    if (this.draining || this.closed) return;
    this.draining = true;
    while (!this.blocked && this.queue.length > 0) this.take(this.queue.shift() as Buffer);
    this.draining = false;
    if (!this.blocked) this.tap.resume();
  }

  private take(chunk: Buffer): void {
    try {
      const wait = this.feed(chunk);
      if (wait !== undefined) this.waitFor(wait);
    } catch (error) {
      this.fail(error);
    }
  }

  private waitFor(wait: Promise<void>): void {
    this.waiting = true;
    this.tap.pause();
    wait.then(() => {
      this.waiting = false;
      this.drain();
    }, this.fail);
  }
}
