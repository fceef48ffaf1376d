import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectorWithOwnSlot } from '../../support/flow-connector.js';
import type { MigratedDatabase } from '../../support/migrated-database.js';
import { Program } from '../../support/real-program.js';

/** A real program on a spec's database, and how to end both it and its folder. */
export interface ProgramOnDatabase {
  readonly program: Program;
  end(): Promise<void>;
}

/** Starts the program as people do, on a database that a spec has made; `variables` are further environment. */
export async function programOn(
  db: MigratedDatabase,
  variables: Readonly<Record<string, string>> = {},
): Promise<ProgramOnDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'orderkeel-program-'));
  await chmod(folder, 0o711);
  const program = await Program.in(folder);
  await program.start({
    ORDERKEEL_DATABASE_URL: db.appUrl,
    ORDERKEEL_ADMIN_DATABASE_URL: db.adminUrl,
    ORDERKEEL_REPLICATION_DATABASE_URL: db.replicationUrl,
    ORDERKEEL_CONNECTOR: await connectorWithOwnSlot(folder, db),
    ...variables,
  });
  return {
    program,
    end: async () => {
      await program.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What the program says of its executors. */
export async function consumersOf(url: string | null): Promise<{ state: string; lagEvents: number | null }[]> {
  const answer = await fetch(`${url}/ops/consumers`);
  return ((await answer.json()) as { items: { state: string; lagEvents: number | null }[] }).items;
}

/** The sum of one of the program's metrics over all labels. */
export async function metricOf(url: string | null, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
