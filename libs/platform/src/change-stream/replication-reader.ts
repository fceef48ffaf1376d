import type { LiveStream } from './replication/live-stream.js';
import { openStream } from './replication/open-stream.js';
import type { ReaderHandlers } from './reader-handlers.js';
import type { ReaderOptions } from './reader-options.js';

/**
 * Reads the changes of some tables from a logical replication slot, with pgoutput, from where the slot's acknowledged
 * position is (START_REPLICATION 0/0). It never acknowledges by itself: after a crash everything that the caller did not
 * acknowledge comes again, and possibly more, since the slot's position is not crash-safe (F3). One reader is one
 * connection: after onClosed make a new one.
 */
export class ReplicationReader {
  private stream: LiveStream | undefined;

  constructor(private readonly options: ReaderOptions) {}

  /**
   * Checks the tables and starts the stream; handlers may be called before the promise resolves. Rejects with a `code`: 55006
   * another reader has the slot, 42704 or 55000 the slot is missing or lost (F2), else see checkTables and ReaderHandlers.
   */
  async start(handlers: ReaderHandlers): Promise<void> {
    this.stream = await openStream(this.options, handlers);
  }

  /** No handler is called from now on, except onClosed; status updates continue, so that the server keeps the connection. */
  pause(): void {
    this.stream?.intake.pause();
  }

  resume(): void {
    this.stream?.intake.resume();
  }

  /**
   * Lets the server forget everything below this LSN: an onCommit's endLsn, or an onKeepalive's endOfWal when nothing before it is
   * pending. The effects must be durable, and the LSN persisted before (reliability 3.4). Every call is sent within 50 ms;
   * it is the caller who keeps idle acknowledgements rare (once in 10 s), since persisting them is WAL that brings a keepalive.
   */
  acknowledge(lsn: bigint): void {
    this.stream?.status.acknowledge(lsn);
  }

  /** Everything committed below this LSN has been delivered; 0 before anything was. */
  get receivedLsn(): bigint {
    return this.stream?.status.receivedLsn ?? 0n;
  }

  /** Asks the server for a keepalive, whose endOfWal tells that everything below it was sent. It comes in stream order. */
  requestReply(): void {
    this.stream?.status.send(true);
  }

  /** Ends the stream in order and sends the last acknowledgement; then onClosed(null). Does nothing when it is closed. */
  async stop(): Promise<void> {
    await this.stream?.stop();
  }
}
