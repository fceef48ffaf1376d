/**
 * A command cannot do what it was asked for. The message ends with what to do; it is empty where that was `told`, by a
 * program that the command ran. `wrong-usage` is exit code 2, else 1.
 */
export class CommandFailure extends Error {
  constructor(
    readonly code: 'wrong-usage' | 'not-there' | 'no-answer' | 'refused' | 'pending' | 'interrupted' | 'told',
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
    this.name = 'CommandFailure';
  }
}
