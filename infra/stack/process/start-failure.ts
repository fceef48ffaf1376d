import { StackError } from '../stack-error.js';

/** A program of the stack that ended while it was being started. */
interface FailedStart {
  /** For people: `the broker`. */
  readonly title: string;
  readonly logFile: string;
  /** What it logged in this attempt. */
  readonly log: string;
}

/** Reads from a program's log why it did not start. */
export function explainStart({ title, logFile, log }: FailedStart): StackError {
  const whole = `(whole log: ${logFile})`;
  if (/Address already in use|BindException/.test(log))
    return new StackError('port-taken', `A port of ${title} was taken by another program: run this again ${whole}.`);
  if (/No space left on device|Disk quota exceeded/.test(log))
    return new StackError('start-failed', `The disk is full, so ${title} ended: free some space ${whole}.`);
  if (/OutOfMemoryError|insufficient memory|Could not reserve enough space|Cannot allocate memory/i.test(log))
    return new StackError(
      'start-failed',
      `There is not enough memory for ${title}: the stack needs about 1 GB ${whole}.`,
    );
  return new StackError('start-failed', `An unexpected end of ${title}: ${lastWords(log)} ${whole}`);
}

/** What a log complained of last, for people: the cause rather than what it led to; else its last lines. */
export function lastWords(log: string): string {
  const lines = log.trim().split('\n');
  const complaint =
    lines.findLast((line) => line.startsWith('Caused by: ')) ??
    lines.findLast((line) => /\b(ERROR|FATAL)\b|^Exception|^Error/.test(line)) ??
    lines.slice(-3).join(' | ');
  return complaint.replace(/^Caused by: /, '').slice(0, 600) || 'it said nothing';
}
