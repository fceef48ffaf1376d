/** Why the stack could not be started, stopped or looked at. */
export type StackErrorCode =
  | 'address-elsewhere'
  | 'connector-failed'
  | 'download-failed'
  | 'folder-unusable'
  | 'java-missing'
  | 'java-too-old'
  | 'maven-missing'
  | 'maven-too-old'
  | 'port-taken'
  | 'slot-in-use'
  | 'stack-busy'
  | 'start-failed'
  | 'wrong-usage';

const PASSING: readonly StackErrorCode[] = ['download-failed', 'stack-busy'];

/** The stack cannot do what it was asked for. The message says what to do and holds no password. */
export class StackError extends Error {
  override readonly name = 'StackError';
  /** Trying again without changing anything may do. */
  readonly retriable: boolean;

  constructor(
    readonly code: StackErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.retriable = PASSING.includes(code);
  }
}
