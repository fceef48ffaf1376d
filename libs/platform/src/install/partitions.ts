import type { ModuleManifest } from '../module/manifest.js';

/** How many months are kept ready before and behind the current one. */
const MONTHS_BEHIND = 1;
const MONTHS_AHEAD = 3;

interface Queryable {
  query(sql: string, parameters: unknown[]): Promise<unknown>;
}

/** Makes the month partitions around an instant for every table that a manifest calls monthly (reliability 3.11). */
export async function makeMonthsAhead(
  client: Queryable,
  manifests: readonly ModuleManifest[],
  nowMs: number,
): Promise<void> {
  for (const table of manifests.flatMap((manifest) => manifest.monthly ?? [])) {
    for (const month of monthsAround(nowMs))
      await client.query('SELECT cdc.create_month($1::regclass, $2::date)', [table, month]);
  }
}

/** The first days of the months around an instant, e.g. `2026-11-01`. */
export function monthsAround(nowMs: number): string[] {
  const now = new Date(nowMs);
  const offsets = Array.from({ length: MONTHS_BEHIND + 1 + MONTHS_AHEAD }, (_, index) => index - MONTHS_BEHIND);
  return offsets.map((offset) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1)).toISOString().slice(0, 10),
  );
}
