import { isUtf8 } from 'node:buffer';
import { isSafeNumber, LosslessNumber, parse } from 'lossless-json';
import { Problem } from '../problem/problem.js';
import { jsonPointer } from '../validation/json-pointer.js';
import { shapeFaults } from '../validation/shape.js';

/** Parsing deeper text costs gigabytes and seconds (16 MiB of `[`: 0.5 GB, 3 s, measured), so it never is. */
const PARSED_DEPTH = 64;
/** A double holds any fifteen digits; a longer number (or what looks like one inside a text) is worth a slower look. */
const LONG_NUMBER = /[:[,]\s*-?\d[\d.]{15}/;

/**
 * The JSON value of a body; undefined where nothing was sent. A number that a double cannot hold exactly is left as a
 * `LosslessNumber`, so that validation can point at it instead of storing another value than was sent.
 * @throws Problem `malformed-json`; `invalid-request` when nested so deep that parsing would be dangerous
 */
export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) throw malformed('The body is not UTF-8');
  const tooDeep = prefixThatIsTooDeep(bytes);
  if (tooDeep !== undefined) throw refusalOf(tooDeep);
  return parsed(bytes.toString());
}

function parsed(text: string): unknown {
  try {
    return LONG_NUMBER.test(text) ? parse(text, null, { parseNumber, onDuplicateKey: lastWins }) : JSON.parse(text);
  } catch (error) {
    throw malformed((error as Error).message);
  }
}

function parseNumber(text: string): number | LosslessNumber {
  const value = Number(text);
  return isSafeNumber(text) || Math.abs(value) > Number.MAX_SAFE_INTEGER ? value : new LosslessNumber(text);
}

/** As JSON.parse has it; both ways of reading must agree. */
function lastWins({ newValue }: { newValue: unknown }): unknown {
  return newValue;
}

function malformed(reason: string): Problem {
  return new Problem('malformed-json', reason, { errors: [{ pointer: '', code: 'malformed-json', message: reason }] });
}

/**
 * Where brackets open deeper than the limit: the text up to there, closed with what was open, so that it can be parsed
 * and the faulty place be named. One pass over the bytes; undefined for every sane body.
 */
function prefixThatIsTooDeep(bytes: Buffer): string | undefined {
  const closers: string[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (closers.length === PARSED_DEPTH) return `${bytes.toString('utf8', 0, at)}null${closers.reverse().join('')}`;
      closers.push(byte === OPEN_OBJECT ? '}' : ']');
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) closers.pop();
  }
  return undefined;
}

const [QUOTE, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = Buffer.from('"\\{}[]');

function endOfString(bytes: Buffer, start: number): number {
  let at = start + 1;
  for (; at < bytes.length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
  return at;
}

function refusalOf(prefix: string): Problem {
  const [fault] = shapeFaults(parsed(prefix), 1);
  return Problem.invalid([
    {
      pointer: jsonPointer(fault?.path ?? []),
      code: fault?.code ?? 'too-deep',
      message: fault?.message ?? 'is too deep',
    },
  ]);
}
