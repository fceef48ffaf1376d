import { isSafeNumber } from 'lossless-json';

/** A stretch of bytes: from `start` to before `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What the bytes of a JSON text tell before it is parsed. */
export interface JsonScan {
  /** Where brackets open deeper than the limit, and what would close those before it; the scan ends there. */
  readonly tooDeep: { readonly at: number; readonly closers: string } | undefined;
  /** Numbers with more digits than a double holds. */
  readonly inexact: readonly Stretch[];
  /** Colons outside of text: in well-formed JSON, how many fields its objects have together. */
  readonly fields: number;
}

const [QUOTE, BACKSLASH, COLON, OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = Buffer.from('"\\:{}[]');
/** A double holds any fifteen digits. */
const SURELY_EXACT = 15;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** One pass over the bytes, without recursion; of malformed text it tells something, and parsing will tell the rest. */
export function scanJson(bytes: Buffer, maxDepth: number): JsonScan {
  const closers: string[] = [];
  const inexact: Stretch[] = [];
  let fields = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === COLON) fields += 1;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (closers.length === maxDepth) return { tooDeep: { at, closers: closers.reverse().join('') }, inexact, fields };
      closers.push(byte === OPEN_OBJECT ? '}' : ']');
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) closers.pop();
    else if (isNumeric(byte)) {
      const end = endOfNumber(bytes, at);
      if (end - at > SURELY_EXACT && isInexact(bytes.toString('latin1', at, end))) inexact.push({ start: at, end });
      at = end - 1;
    }
  }
  return { tooDeep: undefined, inexact, fields };
}

function endOfString(bytes: Buffer, start: number): number {
  let at = start + 1;
  for (; at < bytes.length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
  return at;
}

function endOfNumber(bytes: Buffer, start: number): number {
  let at = start + 1;
  while (at < bytes.length && isNumeric(bytes[at])) at++;
  return at;
}

/** Digits, signs, point and exponent. */
function isNumeric(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x2b || byte === 0x2e || (byte | 0x20) === 0x65;
}

function isInexact(text: string): boolean {
  return NUMBER.test(text) && !isSafeNumber(text) && Math.abs(Number(text)) <= Number.MAX_SAFE_INTEGER;
}
