import { isUtf8 } from 'node:buffer';
import { Problem } from '../problem/problem.js';
import { jsonPointer } from '../validation/json-pointer.js';
import { shapeFaults } from '../validation/shape.js';
import { scanJson, type Stretch } from './json-scan.js';

/** Parsing deeper text costs gigabytes and seconds (16 MiB of `[`: 0.5 GB, 3 s, measured), so it never is. */
const PARSED_DEPTH = 64;
/** Parsed as Infinity, which no JSON says and validation refuses with a pointer. */
const NO_NUMBER = '1e999';

/**
 * The JSON value of a body; undefined where nothing was sent. A number that a double cannot hold exactly becomes
 * Infinity, so that validation points at it instead of storing another value than was sent. A field twice in one object
 * is refused: nobody can tell which was meant, and the content hash has no form for it (RFC 8785, 3.1).
 * @throws Problem `malformed-json`; `invalid-request` when nested so deep that parsing would be dangerous
 */
export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) throw malformed('The body is not UTF-8');
  const { tooDeep, inexact, fields } = scanJson(bytes, PARSED_DEPTH);
  if (tooDeep) throw refusalOf(`${bytes.toString('utf8', 0, tooDeep.at)}null${tooDeep.closers}`);
  const value = parsed(inexact.length === 0 ? bytes.toString() : without(bytes, inexact));
  if (fieldsOf(value) !== fields) throw malformed('An object of the body has the same field twice');
  return value;
}

/** Of fields of the same name the parser keeps the last one, so that fewer are left than were sent. */
function fieldsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let fields = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const inner of Object.values(value)) fields += fieldsOf(inner);
  return fields;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed((error as Error).message);
  }
}

function without(bytes: Buffer, stretches: readonly Stretch[]): string {
  const starts = [0, ...stretches.map(({ end }) => end)];
  const ends = [...stretches.map(({ start }) => start), bytes.length];
  return starts.map((start, index) => bytes.toString('utf8', start, ends[index])).join(NO_NUMBER);
}

function malformed(reason: string): Problem {
  return new Problem('malformed-json', reason, { errors: [{ pointer: '', code: 'malformed-json', message: reason }] });
}

/** Of what is too deep only the beginning is parsed, closed with what was open: enough to name the place. */
function refusalOf(beginning: string): Problem {
  const [fault = { path: [], code: 'too-deep', message: 'is nested too deep' }] = shapeFaults(parsed(beginning), 1);
  return Problem.invalid([{ pointer: jsonPointer(fault.path), code: fault.code, message: fault.message }]);
}
