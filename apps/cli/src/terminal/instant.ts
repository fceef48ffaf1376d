/** An RFC 3339 UTC time for people: `2026-11-21 08:48:49 UTC`. */
export function minuteText(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;
}
