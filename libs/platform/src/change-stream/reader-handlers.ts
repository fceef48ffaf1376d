import type { ChangeEvent, ChangeTransaction } from './change-event.js';

/**
 * What a reader tells, strictly in stream order and never while it is paused. Handlers must not throw: a thrown error
 * closes the reader with that error. A transaction without a wanted change still brings begin and commit when the
 * server sends them.
 */
export interface ReaderHandlers {
  onBegin(transaction: ChangeTransaction): void;
  /** Large transactions arrive piece by piece; nothing is collected on the way. */
  onChange(event: ChangeEvent): void;
  /** endLsn is what may be acknowledged once the effects of this transaction, and of all before it, are durable. */
  onCommit(transaction: ChangeTransaction, endLsn: bigint): void;
  /** The server has sent everything that was committed below endOfWal. */
  onKeepalive(endOfWal: bigint): void;
  /**
   * The stream is over: null after stop(), else an error with `code` (the SQLSTATE, e.g. 55006 slot in use, 42704 or 55000
   * slot missing or lost, 57P01 server stopped; or of the socket, e.g. ECONNRESET). Called once; reconnecting is the caller's.
   */
  onClosed(error: ReaderError | null): void;
}

/** Why a stream ended or could not start. */
export interface ReaderError extends Error {
  readonly code: string;
}
