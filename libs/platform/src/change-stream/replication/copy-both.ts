import type { Connection, Submittable } from 'pg';

/** What a running START_REPLICATION reports. */
export interface CopyBothListener {
  /** Each message of the server; the bytes are valid only during the call. */
  onData(chunk: Buffer): void;
  /** The command is over: with the server's error, or null after CopyDone. */
  onEnd(error: Error | null): void;
}

/** A command that opens CopyBoth mode, in the form in which pg's client runs queries. */
export class CopyBoth implements Submittable {
  /** Resolves when the server has begun to stream. */
  readonly started: Promise<void>;
  private markStarted: () => void = () => undefined;
  private markRefused: (error: Error) => void = () => undefined;

  constructor(
    private readonly command: string,
    private readonly listener: CopyBothListener,
  ) {
    this.started = new Promise((resolve, reject) => {
      this.markStarted = resolve;
      this.markRefused = reject;
    });
  }

  submit(connection: Connection): void {
    connection.once('replicationStart', this.markStarted);
    connection.query(this.command);
  }

  handleCopyData(message: { chunk: Buffer }): void {
    this.listener.onData(message.chunk);
  }

  handleError(error: Error): void {
    this.markRefused(error);
    this.listener.onEnd(error);
  }

  handleReadyForQuery(): void {
    this.listener.onEnd(null);
  }

  /** Comes before ReadyForQuery, which ends the command. */
  handleCommandComplete(): void {}

  /** START_REPLICATION of a timeline that has ended answers with a row; logical slots have none. */
  handleRowDescription(): void {}

  handleDataRow(): void {}
}
