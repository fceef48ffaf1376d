import type { ColumnCodec } from './column-codec.js';
import { textCodec } from './scalar-codecs.js';

const FORM = /^(\d{4,})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d+))?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?( BC)?$/;

/**
 * timestamptz(n): ISO 8601 in UTC with exactly n digits of fraction (6 when the column says none); infinity as such. Kept as
 * text, since a Date would cut the microseconds.
 */
export function timestamptzCodec(typmod: number): ColumnCodec {
  const digits = typmod < 0 ? 6 : typmod;
  const value = (text: string): string => toIso(text, digits);
  return {
    ...textCodec,
    value,
    json: (text) => `"${value(text)}"`,
    // Debezium's fallback has no fraction, its stand-in for a computed default has the column's (recording 10).
    zeroJson: '"1970-01-01T00:00:00Z"',
    computedDefaultJson: `"1970-01-01T00:00:00${fraction('', digits)}Z"`,
  };
}

function toIso(text: string, digits: number): string {
  // Almost every value: UTC, four digits of year.
  if (text.length >= 22 && text.charCodeAt(10) === 0x20 && text.endsWith('+00')) {
    return `${text.slice(0, 10)}T${text.slice(11, 19)}${fraction(text.slice(20, -3), digits)}Z`;
  }
  const form = FORM.exec(text);
  return form ? inUtc(form, digits) : text;
}

function fraction(written: string, digits: number): string {
  return digits === 0 ? '' : `.${written.padEnd(digits, '0')}`;
}

function inUtc(form: RegExpExecArray, digits: number): string {
  const part = (index: number): number => Number(form[index] ?? 0);
  const year = form[12] ? 1 - part(1) : part(1);
  // Shifted by whole cycles of 400 years (146,097 days), since Date ends at the year 275760.
  const cycles = Math.floor(year / 400) - 5;
  const offset = (form[8] === '-' ? -1 : 1) * (part(9) * 3600 + part(10) * 60 + part(11));
  const instant = new Date(Date.UTC(year - cycles * 400, part(2) - 1, part(3), part(4), part(5), part(6) - offset));
  const iso = instant.toISOString();
  return `${isoYear(Number(iso.slice(0, 4)) + cycles * 400)}${iso.slice(4, 19)}${fraction(form[7] ?? '', digits)}Z`;
}

/** Java writes a sign before every year that does not fit in four digits. */
function isoYear(year: number): string {
  const sign = year < 0 ? '-' : year > 9999 ? '+' : '';
  return sign + String(Math.abs(year)).padStart(4, '0');
}
