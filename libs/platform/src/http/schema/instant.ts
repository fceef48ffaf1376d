import { z } from 'zod';

const SHAPE = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/**
 * A moment on its way in: RFC 3339 with any offset, normalised to UTC text with microseconds (interfaces 1). What is
 * finer than a microsecond is cut off, because no table can hold it.
 */
export const instantIn = z
  .string()
  .transform((given, context): string => {
    const text = utcText(given);
    if (text !== undefined) return text;
    context.issues.push({
      code: 'custom',
      input: given,
      message: 'must be an RFC 3339 time such as 2026-11-21T08:48:49.581123Z',
      params: { code: 'invalid-format' },
    });
    return z.NEVER;
  })
  .pipe(z.string())
  .meta({ format: 'date-time', description: 'RFC 3339 time', examples: ['2026-11-21T08:48:49.581123Z'] });

/** UTC text with microseconds of an RFC 3339 text, undefined where it is none or lies outside the years 1 to 9999. */
function utcText(given: string): string | undefined {
  const parts = SHAPE.exec(given);
  if (!parts) return undefined;
  const [, date, time, fraction = '', sign, hours = '00', minutes = '00'] = parts;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const local = Date.parse(`${date}T${time}Z`);
  // Date.parse lets 30 February and 24:00:00 through as the day after.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(`${date}T${time}`)) return undefined;
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000;
  const utc = new Date(sign === '-' ? local + offsetMs : local - offsetMs).toISOString();
  if (!/^(?!0000)\d{4}-/.test(utc)) return undefined;
  return `${utc.slice(0, 19)}.${fraction.padEnd(6, '0').slice(0, 6)}Z`;
}
