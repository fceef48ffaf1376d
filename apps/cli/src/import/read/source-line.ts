/** A line of a file: where it stands, and its text as it stands there, for the file of refused lines. */
export interface SourceLine {
  readonly file: string;
  /** From 1; the header and empty lines are counted. */
  readonly number: number;
  /** Without the line's end. */
  readonly text: string;
  /** The line was longer than the limit, and `text` is only its beginning. */
  readonly cutOff?: true;
}
