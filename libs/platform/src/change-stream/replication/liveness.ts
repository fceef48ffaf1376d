import { streamError } from '../stream-error.js';

/** This many requests for a reply without any progress between them, in less than PINGS_MS, come only from a server that stops. */
const PINGS = 10;
const PINGS_MS = 2_000;

/** Notices a server that is gone, and one that waits for this client in order to stop. */
export class Liveness {
  private heardAt: number;
  private silentTicks = 0;
  private pings = 0;
  private pingsSince = 0;
  private pingLsn = -1n;

  constructor(
    private readonly silenceMs: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.heardAt = nowMs();
  }

  /** Any message arrived. */
  heard(): void {
    this.heardAt = this.nowMs();
    this.silentTicks = 0;
  }

  /** A status update is due: whether to ask for a reply with it. Throws when none came for too long. */
  tick(blocked: boolean): boolean {
    if (blocked) this.heard();
    else if (this.nowMs() - this.heardAt > this.silenceMs) {
      throw streamError('ETIMEDOUT', `the server sent nothing for ${this.silenceMs} ms, not even a reply`);
    }
    this.silentTicks += 1;
    return !blocked && this.silentTicks > 1;
  }

  /**
   * The server asked for a reply. A server that stops waits until a logical reader has acknowledged everything, and asks again
   * as soon as it is answered; what is not durable cannot be acknowledged, so the reader must leave. Throws then.
   */
  pinged(endOfWal: bigint): void {
    const now = this.nowMs();
    if (endOfWal !== this.pingLsn || now - this.pingsSince > PINGS_MS) {
      this.pings = 0;
      this.pingsSince = now;
      this.pingLsn = endOfWal;
    }
    this.pings += 1;
    if (this.pings >= PINGS) throw streamError('57P01', 'the server is stopping and waits for its readers to leave');
  }
}
