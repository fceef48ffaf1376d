import { createWriteStream, type WriteStream } from 'node:fs';
import { basename } from 'node:path';
import { finished } from 'node:stream/promises';
import { ImportFailure } from './import-failure.js';
import type { SourceLine } from './read/source-line.js';

/** Writes refused lines as NDJSON `{file, line, reason, text}`: enough to find a line, and to send it again when mended. */
export class RejectsFile {
  private readonly stream: WriteStream;
  private readonly done: Promise<void>;

  constructor(private readonly path: string) {
    this.stream = createWriteStream(path);
    this.done = finished(this.stream);
    // Told by close(); until then the import goes on.
    this.done.catch(() => undefined);
  }

  add({ file, number, text }: SourceLine, reason: string): void {
    this.stream.write(`${JSON.stringify({ file: basename(file), line: number, reason, text })}\n`);
  }

  /** Everything is on disk, or `unreadable-file` says why it is not. */
  async close(): Promise<void> {
    this.stream.end();
    await this.done.catch((error: unknown) => {
      const message = `cannot write ${this.path}: ${(error as Error).message}`;
      throw new ImportFailure('unreadable-file', message, error);
    });
  }
}
