import type { ReaderError, ReaderHandlers } from '../reader-handlers.js';
import type { StreamDecoder } from '../stream-decoder.js';
import { streamError, withCode } from '../stream-error.js';
import { CopyBoth } from './copy-both.js';
import { Intake } from './intake.js';
import { Liveness } from './liveness.js';
import type { ReplicationClient } from './replication-client.js';
import { StatusSender } from './status-sender.js';
import { decodeKeepalive, ServerMessage } from './wire-messages.js';

/** How long a graceful end may take before the connection is cut. */
const STOP_MS = 2_000;

/** What a stream needs besides its connection. */
export interface StreamSettings {
  readonly statusIntervalMs: number;
  readonly silenceMs: number;
  /** Makes the decoder, which tells the given handlers. */
  readonly decode: (handlers: ReaderHandlers) => StreamDecoder;
}

/** A stream on one replication connection. */
export class LiveStream {
  readonly status: StatusSender;
  readonly intake: Intake;
  private readonly liveness: Liveness;
  private readonly decoder: StreamDecoder;
  private state: 'starting' | 'running' | 'stopping' | 'closed' = 'starting';
  private timer: NodeJS.Timeout | undefined;
  private commandEnded: () => void = () => undefined;
  private endedAtStart: ReaderError | undefined;

  constructor(
    private readonly replication: ReplicationClient,
    private readonly handlers: ReaderHandlers,
    private readonly settings: StreamSettings,
  ) {
    const { connection } = replication;
    this.status = new StatusSender(connection);
    this.liveness = new Liveness(settings.silenceMs);
    this.intake = new Intake(
      (chunk) => this.deliver(chunk),
      connection.stream,
      (error) => this.close(withCode(error, 'reader')),
    );
    this.decoder = settings.decode({
      ...handlers,
      onCommit: (transaction, endLsn) => {
        this.status.received(endLsn);
        handlers.onCommit(transaction, endLsn);
      },
    });
  }

  /** Resolves when the server streams; rejects with the server's refusal. */
  async run(command: string): Promise<void> {
    const copy = new CopyBoth(command, {
      onData: (chunk) => this.arrived(chunk),
      onEnd: (error) => this.ended(error),
    });
    this.replication.client.query(copy);
    try {
      await copy.started;
      if (this.endedAtStart !== undefined) throw this.endedAtStart;
    } catch (error) {
      this.release();
      throw error;
    }
    if (this.state !== 'starting') return;
    this.state = 'running';
    this.timer = setInterval(
      () => this.guarded(() => this.status.send(this.liveness.tick(this.intake.blocked))),
      this.settings.statusIntervalMs,
    );
  }

  /** Says goodbye and waits for the answer, at most STOP_MS: amid a large transaction the server does not listen. */
  async stop(): Promise<void> {
    if (this.state === 'closed' || this.state === 'stopping') return;
    this.state = 'stopping';
    const { connection } = this.replication;
    this.intake.close();
    this.status.send(false);
    const ended = new Promise<void>((resolve) => (this.commandEnded = resolve));
    connection.endCopyFrom();
    connection.stream.resume();
    const late = setTimeout(this.commandEnded, STOP_MS);
    await ended;
    clearTimeout(late);
    this.close(null);
  }

  private arrived(chunk: Buffer): void {
    this.liveness.heard();
    if (chunk[0] === ServerMessage.keepalive) this.guarded(() => this.answer(chunk));
    this.intake.offer(chunk);
  }

  /** Answers at once, even while paused. */
  private answer(chunk: Buffer): void {
    const { endOfWal, replyRequested } = decodeKeepalive(chunk);
    if (!replyRequested) return;
    this.status.send(false);
    this.liveness.pinged(endOfWal);
  }

  private deliver(chunk: Buffer): Promise<void> | undefined {
    if (chunk[0] === ServerMessage.data) return this.decoder.feed(chunk);
    const { endOfWal } = decodeKeepalive(chunk);
    this.status.received(endOfWal);
    this.handlers.onKeepalive(endOfWal);
    return undefined;
  }

  private ended(cause: Error | null): void {
    const error = cause ? withCode(cause, '08006') : streamError('57P01', 'the server ended the stream');
    if (this.state === 'stopping') this.commandEnded();
    else if (this.state === 'starting') this.endedAtStart = error;
    else this.close(error);
  }

  private guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.close(withCode(error, 'reader'));
    }
  }

  private close(error: ReaderError | null): void {
    if (this.state === 'closed') return;
    this.release();
    this.handlers.onClosed(error);
  }

  private release(): void {
    this.state = 'closed';
    clearInterval(this.timer);
    this.status.end();
    this.intake.close();
    // The connection may be gone already; there is nothing left to do about it then.
    this.replication.client.end().catch(() => undefined);
  }
}
