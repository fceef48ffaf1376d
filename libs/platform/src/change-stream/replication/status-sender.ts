import type { CopyConnection } from './replication-client.js';
import { machineNowUs } from '../machine-clock.js';
import { encodeStatus } from './wire-messages.js';

/** An acknowledgement waits this long for others to join it. */
const ACKNOWLEDGE_AFTER_MS = 50;

/** Tells the server regularly that this client lives, and how far it has come. */
export class StatusSender {
  /** End LSN of what was delivered last; nothing before it is outstanding. */
  receivedLsn = 0n;
  private flushedLsn = 0n;
  private soon: NodeJS.Timeout | undefined;
  private ended = false;

  constructor(private readonly connection: CopyConnection) {}

  /** Stream order makes the received LSN grow; a repeated or older one changes nothing. */
  received(lsn: bigint): void {
    if (lsn > this.receivedLsn) this.receivedLsn = lsn;
  }

  acknowledge(lsn: bigint): void {
    if (lsn <= this.flushedLsn) return;
    this.flushedLsn = lsn;
    this.soon ??= setTimeout(() => this.send(false), ACKNOWLEDGE_AFTER_MS);
  }

  send(requestReply: boolean): void {
    if (this.ended) return;
    clearTimeout(this.soon);
    this.soon = undefined;
    this.connection.sendCopyFromChunk(encodeStatus(this.receivedLsn, this.flushedLsn, machineNowUs(), requestReply));
  }

  /** Nothing is sent after this. */
  end(): void {
    this.ended = true;
    clearTimeout(this.soon);
  }
}
