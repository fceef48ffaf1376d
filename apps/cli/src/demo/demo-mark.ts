import type { Database } from '@orderkeel/platform';

/** How far the demo of an installation is; null where it never began. */
export type DemoMark = 'begun' | 'finished';

const NAME = 'demo';

/** Reads the mark, which lies in the database: whoever copies or restores the data has the truth with it. */
export async function readDemoMark(database: Database): Promise<DemoMark | null> {
  const [fact] = await database.bookkeeping((tx) =>
    tx.query<{ value: DemoMark }>('SELECT value FROM platform.installation_fact WHERE name = $1', [NAME]),
  );
  return fact?.value ?? null;
}

/** Writes the mark: `begun` before the first line of the sample is sent, `finished` after the last one. */
export async function writeDemoMark(database: Database, mark: DemoMark): Promise<void> {
  await database.bookkeeping((tx) =>
    tx.execute(
      `INSERT INTO platform.installation_fact (name, value) VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()`,
      [NAME, mark],
    ),
  );
}
