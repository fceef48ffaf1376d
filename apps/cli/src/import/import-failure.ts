/** Why an import could not go on; everything done so far stays, and running it again goes on from there. */
export type ImportFailureCode =
  | 'wrong-usage'
  | 'unreadable-file'
  | 'unreachable-server'
  | 'unexpected-answer'
  | 'orders-stuck'
  | 'order-changed-meanwhile';

/** Ends an import. The message says what happened and what to do; `wrong-usage` is exit code 2, the others are 1. */
export class ImportFailure extends Error {
  constructor(
    readonly code: ImportFailureCode,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'ImportFailure';
  }
}
