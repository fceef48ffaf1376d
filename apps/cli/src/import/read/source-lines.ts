import { StringDecoder } from 'node:string_decoder';
import { plainBytes, type OnBytes } from './plain-bytes.js';
import type { SourceLine } from './source-line.js';

/** No line that a batch of intents could carry is longer (16 MiB with its envelope, interfaces 3). */
const MAX_CHARACTERS = 15 * 1024 * 1024;
const KEPT_CHARACTERS = 2_000;

/**
 * The lines of a file that are not blank, in order and by the handful, since a step for each would cost more than the
 * line itself: plain or gzipped, ended by LF or CR LF, with or without a byte order
 * mark. Memory is bounded by one line, and a line by a limit, beyond which only its beginning is kept.
 */
export async function* sourceLines(path: string, onBytes: OnBytes): AsyncGenerator<readonly SourceLine[]> {
  const decoder = new StringDecoder('utf8');
  let number = 0;
  let open = '';
  let cutOff = false;
  const line = (text: string): SourceLine => ({ file: path, number, text, ...(cutOff ? { cutOff } : {}) });
  for await (const bytes of plainBytes(path, onBytes)) {
    const lines: SourceLine[] = [];
    const pieces = (open + decoder.write(bytes)).split('\n');
    open = pieces.pop() ?? '';
    for (const piece of pieces) {
      number += 1;
      const text = trimmed(piece, number);
      if (text.trim() !== '') lines.push(line(text));
      cutOff = false;
    }
    if (lines.length > 0) yield lines;
    if (open.length > MAX_CHARACTERS) cutOff = true;
    if (cutOff) open = open.slice(0, KEPT_CHARACTERS);
  }
  number += 1;
  const last = trimmed(open + decoder.end(), number);
  if (last.trim() !== '') yield [line(last)];
}

function trimmed(piece: string, number: number): string {
  const start = number === 1 && piece.startsWith('\uFEFF') ? 1 : 0;
  return piece.slice(start, piece.endsWith('\r') ? -1 : undefined);
}
