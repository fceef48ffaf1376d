import type { ColumnCodec } from './column-codec.js';
import { UNAVAILABLE } from './column-codec.js';
import { quoteJson } from './json-text.js';

const DAY_MS = 86_400_000;
/** What Debezium 3.7 writes for infinity (recording 23), and the day it keeps for -infinity; contracts forbid both. */
const INFINITE_DAYS: Readonly<Record<string, number>> = { infinity: 2_146_033_979, '-infinity': -2_147_472_691 };

/** date: days since 1970-01-01, in the proleptic Gregorian calendar. */
export const dateCodec: ColumnCodec = {
  value: epochDay,
  json: (text) => String(epochDay(text)),
  unavailableJson: quoteJson(UNAVAILABLE),
  zeroJson: '0',
  computedDefaultJson: '0',
};

function epochDay(text: string): number {
  const infinite = INFINITE_DAYS[text];
  if (infinite !== undefined) return infinite;
  const beforeChrist = text.endsWith(' BC');
  const [year, month, day] = text.replace(' BC', '').split('-').map(Number) as [number, number, number];
  const date = new Date(0);
  date.setUTCFullYear(beforeChrist ? 1 - year : year, month - 1, day);
  if (!Number.isNaN(date.getTime())) return date.getTime() / DAY_MS;
  // Beyond what Date holds (year 275760): 400 years always have 146,097 days.
  const cycles = Math.floor(year / 400);
  date.setTime(0);
  date.setUTCFullYear(year - cycles * 400, month - 1, day);
  return date.getTime() / DAY_MS + cycles * 146_097;
}
