import type { Client } from 'pg';
import type { RoleNames } from '../database/role-names.js';

const OWNER = /^(.+)_owner$/;

/**
 * Throws `other-namespace` when the database was set up under another namespace: its tables belong to that one's roles,
 * so that nothing here could be read or mended. Changes nothing.
 */
export async function refuseOtherNamespace(admin: Client, roles: RoleNames): Promise<void> {
  const { rows } = await admin.query<{ owner: string; database: string }>(
    `SELECT pg_get_userbyid(nspowner)::text AS owner, current_database()::text AS database
       FROM pg_namespace WHERE nspname = 'platform'`,
  );
  const [schema] = rows;
  if (!schema || schema.owner === roles.owner) return;
  throw Object.assign(new Error(saying(schema, roles.namespace)), { code: 'other-namespace', retriable: false });
}

function saying({ owner, database }: { owner: string; database: string }, asked: string): string {
  const namespace = OWNER.exec(owner)?.[1];
  if (namespace === undefined)
    return `The database ${database} has a schema "platform" that belongs to ${owner}: give Orderkeel a database of its own.`;
  return (
    `The database ${database} belongs to namespace ${namespace}, and ORDERKEEL_NAMESPACE is ${asked}: set it to ${namespace}, ` +
    `or choose another database with ORDERKEEL_DATABASE_URL or another folder with ORDERKEEL_DATA_DIR.`
  );
}
