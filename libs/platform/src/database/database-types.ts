import type pg from 'pg';

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

/** pg's type parsers with ours on top: int8 as an exact number, timestamptz as UTC text with microseconds, date as text. */
export function databaseTypes(base: typeof pg.types): pg.CustomTypesConfig {
  const ours = new Map<number, (text: string) => unknown>([
    [INT8, exactInteger],
    [DATE, (text) => text],
    [TIMESTAMPTZ, utcText],
  ]);
  const parserOf = (oid: number, format?: 'text' | 'binary'): unknown =>
    ours.get(oid) ?? base.getTypeParser(oid, format);
  return { getTypeParser: parserOf as typeof base.getTypeParser };
}

function exactInteger(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw Object.assign(new Error(`the database holds ${text}, more than 2^53 - 1`), { code: 'unsafe-integer' });
}

/** `2026-11-21 08:48:49.5+00` (our sessions speak UTC) to `2026-11-21T08:48:49.500000Z`. */
function utcText(text: string): string {
  const match = /^(.+) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(text);
  if (!match) throw Object.assign(new Error(`cannot read the timestamp ${text}`), { code: 'unreadable-timestamp' });
  return `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(6, '0')}Z`;
}
