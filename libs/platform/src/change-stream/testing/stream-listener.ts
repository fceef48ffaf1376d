import type { ChangeEvent } from '../change-event.js';
import type { ReaderError, ReaderHandlers } from '../reader-handlers.js';

/** Writes down what a reader tells. */
export class StreamListener implements ReaderHandlers {
  readonly keys: (string | null)[] = [];
  readonly commits: bigint[] = [];
  endOfWal = 0n;
  readonly closings: (ReaderError | null)[] = [];

  /** `also` sees each event first, and may throw. */
  constructor(private readonly also: (event: ChangeEvent) => void = () => undefined) {}

  readonly onBegin = (): void => undefined;

  readonly onChange = (event: ChangeEvent): void => {
    this.also(event);
    this.keys.push(event.key);
  };

  readonly onCommit = (_transaction: unknown, endLsn: bigint): void => {
    this.commits.push(endLsn);
  };

  readonly onKeepalive = (endOfWal: bigint): void => {
    this.endOfWal = endOfWal;
  };

  readonly onClosed = (error: ReaderError | null): void => {
    this.closings.push(error);
  };
}
