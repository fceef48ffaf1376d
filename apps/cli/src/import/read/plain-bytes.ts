import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ImportFailure } from '../import-failure.js';

/** Small, so that progress moves evenly in compressed files, too. */
const PIECE_BYTES = 16 * 1024;

/** What comes out of it is taken in fewer steps. */
const UNPACKED_BYTES = 64 * 1024;

/** Told of every piece that was read from disk, in bytes. */
export type OnBytes = (bytes: number) => void;

/**
 * Streams a file, unpacked where its first bytes say gzip, whatever its name says. Memory stays constant.
 * Ends the import with `unreadable-file` where the disk or the packing is at fault.
 */
export async function* plainBytes(path: string, onBytes: OnBytes): AsyncGenerator<Buffer> {
  try {
    const bytes = counted(createReadStream(path, { highWaterMark: PIECE_BYTES }), onBytes);
    // Errors of each step come out of the last one, so the callback has nothing to do.
    yield* (await isGzip(path)) ? pipeline(bytes, createGunzip({ chunkSize: UNPACKED_BYTES }), () => undefined) : bytes;
  } catch (error) {
    unreadable(path, error);
  }
}

/** Total size on disk; every file is looked at before the first one is imported. `unreadable-file` where one is missing. */
export async function totalBytes(paths: readonly string[]): Promise<number> {
  let total = 0;
  for (const path of paths) {
    const found = await stat(path).catch((error: unknown) => unreadable(path, error));
    if (!found.isFile()) unreadable(path, new Error('it is no file'));
    total += found.size;
  }
  return total;
}

async function* counted(bytes: AsyncIterable<Buffer>, onBytes: OnBytes): AsyncGenerator<Buffer> {
  for await (const piece of bytes) {
    onBytes(piece.length);
    yield piece;
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  Z_BUF_ERROR: 'the compressed file ends too early; was it copied whole?',
  Z_DATA_ERROR: 'the compressed file is damaged',
};

function unreadable(path: string, error: unknown): never {
  const { code, message } = error as { code?: string; message?: string };
  const reason = REASONS[code ?? ''] ?? message ?? 'unknown reason';
  throw new ImportFailure('unreadable-file', `cannot read ${path}: ${reason}`, error);
}
