import type { Client } from 'pg';
import { tableOf } from '../contract/contract.js';
import type { ModuleManifest } from '../module/manifest.js';

/** The tables of the contracts of all built modules, quoted and sorted. */
export function publishedTables(manifests: readonly ModuleManifest[]): string[] {
  return manifests.flatMap((manifest) => manifest.publishes.map(tableOf)).sort();
}

/**
 * Makes the publication hold exactly these tables. Never FOR ALL TABLES: that would feed our own checkpoints back into
 * the stream (debezium 1.6).
 */
export async function publish(client: Client, publication: string, tables: readonly string[]): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_publication WHERE pubname = $1', [publication]);
  await client.query(
    rowCount === 1
      ? `ALTER PUBLICATION "${publication}" SET TABLE ${tables.join(', ')}`
      : `CREATE PUBLICATION "${publication}" FOR TABLE ${tables.join(', ')}
           WITH (publish = 'insert, update, delete', publish_via_partition_root = true)`,
  );
}
