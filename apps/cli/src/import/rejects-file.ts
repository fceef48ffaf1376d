import type { WriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { finished } from 'node:stream/promises';
import { ImportFailure } from './import-failure.js';
import type { SourceLine } from './read/source-line.js';

/** Writes refused lines as NDJSON `{file, line, reason, text}`: enough to find a line, and to send it again when mended. */
export class RejectsFile {
  private readonly done: Promise<void>;

  private constructor(
    private readonly path: string,
    private readonly stream: WriteStream,
  ) {
    this.done = finished(this.stream);
    // Told by close(); until then the import goes on.
    this.done.catch(() => undefined);
  }

  /** Opens it, empty; `unreadable-file` where it cannot be written. */
  static async open(path: string): Promise<RejectsFile> {
    const file = await open(path, 'w').catch((error: unknown) => unwritable(path, error));
    return new RejectsFile(path, file.createWriteStream());
  }

  add({ file, number, text }: SourceLine, reason: string): void {
    this.stream.write(`${JSON.stringify({ file: basename(file), line: number, reason, text })}\n`);
  }

  /** Everything is on disk, or `unreadable-file` says why it is not. */
  async close(): Promise<void> {
    this.stream.end();
    await this.done.catch((error: unknown) => unwritable(this.path, error));
  }
}

function unwritable(path: string, error: unknown): never {
  throw new ImportFailure('unreadable-file', `cannot write ${path}: ${(error as Error).message}`, error);
}
