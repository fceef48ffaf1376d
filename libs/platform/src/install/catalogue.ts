import type { Client } from 'pg';
import type { ModuleManifest } from '../module/manifest.js';
import type { Relation } from './grants.js';

/** The tables and views of the modules' schemas, without the partitions of partitioned tables. */
export async function relationsOf(client: Client, manifests: readonly ModuleManifest[]): Promise<Relation[]> {
  const { rows } = await client.query<Relation>(
    `SELECT n.nspname AS schema, c.relname AS name, c.relkind = 'v' AS "isView",
            EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
              AS "hasTenant",
            EXISTS (SELECT FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
                     WHERE t.tgrelid = c.oid AND p.proname = 'refuse_change' AND NOT t.tgisinternal AND t.tgname = 'append_only')
              AS "appendOnly"
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition
      ORDER BY n.nspname, c.relname`,
    [manifests.map((manifest) => manifest.schema)],
  );
  return rows;
}
