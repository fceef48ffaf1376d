import type { JsonPath } from './json-pointer.js';

/** What is wrong with a JSON value whatever its schema says, and where. */
export interface ShapeFault {
  readonly path: JsonPath;
  readonly code: keyof typeof MESSAGES;
  readonly message: string;
}

/** Deepest nesting of objects and arrays in one document; the document itself is the first level (security 5.2). */
const MAX_DEPTH = 20;

const MESSAGES = {
  'too-deep': `is nested more than ${MAX_DEPTH} levels deep`,
  'nul-character': 'holds a NUL character, which cannot be stored',
  'lone-surrogate': 'holds half of a surrogate pair, which is not text',
  'number-out-of-range': 'is beyond 9007199254740991, the largest integer that JSON carries exactly',
  'number-too-small': 'is closer to zero than 1e-20; where text is allowed, send it as text',
  'number-not-exact': 'has more digits than a JSON number carries exactly; where text is allowed, send it as text',
  'forbidden-field': 'has a name that is not allowed',
} as const;

/** PostgreSQL writes every zero of a number: seven bytes of 1e-300 would be three hundred in each row and change event. */
const SMALLEST = 1e-20;

/** Under the `u` flag a pair is one character, so that only halves match. */
const LONE_SURROGATE = /\p{Surrogate}/u;

interface Place {
  readonly value: unknown;
  readonly key: PropertyKey;
  readonly parent: Place | undefined;
  readonly depth: number;
}

/**
 * Finds what no document may hold: nesting over the limit, text that PostgreSQL cannot store, numbers that JSON cannot
 * carry exactly or that would take hundreds of times their space, and `__proto__`. Works without recursion, stops at the limit, so that no document can exhaust it.
 * @param limit how many faults are enough
 */
export function shapeFaults(document: unknown, limit: number): ShapeFault[] {
  const faults: ShapeFault[] = [];
  const open: Place[] = [{ value: document, key: '', parent: undefined, depth: 1 }];
  for (let place = open.pop(); place && faults.length < limit; place = open.pop()) {
    const code = faultOf(place);
    if (code) faults.push({ path: pathOf(place), code, message: MESSAGES[code] });
    else openChildren(place, open);
  }
  return faults;
}

function faultOf({ value, key, depth }: Place): ShapeFault['code'] | undefined {
  if (key === '__proto__') return 'forbidden-field';
  if (typeof key === 'string') {
    const code = textFault(key);
    if (code) return code;
  }
  if (typeof value === 'string') return textFault(value);
  if (typeof value === 'number') return numberFault(value);
  return typeof value === 'object' && value !== null && depth > MAX_DEPTH ? 'too-deep' : undefined;
}

/** The reader of bodies leaves Infinity where a double would have changed what was sent. */
function numberFault(value: number): ShapeFault['code'] | undefined {
  if (value !== 0 && Math.abs(value) < SMALLEST) return 'number-too-small';
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return undefined;
  return Number.isFinite(value) ? 'number-out-of-range' : 'number-not-exact';
}

function textFault(text: string): ShapeFault['code'] | undefined {
  if (text.includes('\0')) return 'nul-character';
  return LONE_SURROGATE.test(text) ? 'lone-surrogate' : undefined;
}

/** Pushed in reverse, so that faults come in the document's order. */
function openChildren(parent: Place, open: Place[]): void {
  if (typeof parent.value !== 'object' || parent.value === null) return;
  const depth = parent.depth + 1;
  const children = Array.isArray(parent.value)
    ? parent.value.map((value: unknown, key) => ({ value, key, parent, depth }))
    : Object.entries(parent.value as Record<string, unknown>).map(([key, value]) => ({ value, key, parent, depth }));
  for (const child of children.reverse()) open.push(child);
}

function pathOf(place: Place): PropertyKey[] {
  const path: PropertyKey[] = [];
  for (let at: Place = place; at.parent; at = at.parent) path.unshift(at.key);
  return path;
}
