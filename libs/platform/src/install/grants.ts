import type { RoleNames } from '../database/role-names.js';
import type { ModuleManifest } from '../module/manifest.js';

/** A table or view of a module's schema, as the catalogue knows it. */
export interface Relation {
  readonly schema: string;
  readonly name: string;
  readonly isView: boolean;
  /** It has a tenant, so row security confines the API's role to the caller's. */
  readonly hasTenant: boolean;
  /** It carries the append-only trigger, so nobody is granted UPDATE or DELETE. */
  readonly appendOnly: boolean;
}

/** Bookkeeping tables whose rows belong to the module named in their `module` column, and what a module may do there. */
const OWN_BOOKKEEPING: Readonly<Record<string, string>> = {
  'cdc.checkpoint': 'SELECT, UPDATE',
  'cdc.parked_key': 'SELECT, INSERT, UPDATE, DELETE',
  'cdc.parked_event': 'SELECT, INSERT, DELETE',
  'cdc.skipped_event': 'SELECT, INSERT',
  'cdc.snapshot_key': 'SELECT, INSERT, UPDATE, DELETE',
  'platform.idempotency_key': 'SELECT, INSERT, UPDATE',
};

/**
 * The grants and policies of an installation, as statements: everything is taken away and given again from the
 * manifests, in one transaction. Pure, so that the tests can count what must be refused.
 */
export function grantStatements(
  roles: RoleNames,
  replicationLogin: string,
  manifests: readonly ModuleManifest[],
  relations: readonly Relation[],
): string[] {
  const everyone = [roles.api, roles.platform, ...manifests.map((manifest) => roles.ofModule(manifest.name))];
  const schemas = ['cdc', 'platform', ...manifests.map((manifest) => manifest.schema)];
  return [
    ...schemas.flatMap((schema) => revokeAll(schema, everyone)),
    ...schemas.map((schema) => `GRANT USAGE ON SCHEMA "${schema}" TO ${list(everyone)}`),
    // Debezium reads the tables themselves before it reads changes.
    ...manifests.map(({ schema }) => `GRANT USAGE ON SCHEMA "${schema}" TO "${replicationLogin}"`),
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA cdc TO "${roles.platform}"`,
    `REVOKE UPDATE, DELETE ON cdc.skipped_event FROM "${roles.platform}"`,
    `GRANT SELECT, INSERT, UPDATE ON platform.installation_fact TO "${roles.platform}"`,
    `GRANT EXECUTE ON FUNCTION cdc.create_month(regclass, date) TO "${roles.platform}"`,
    ...manifests.flatMap((manifest) => bookkeeping(roles, manifest)),
    ...relations.flatMap((relation) => relationStatements({ roles, replicationLogin, manifests }, relation)),
  ];
}

function revokeAll(schema: string, from: readonly string[]): string[] {
  return [
    `REVOKE ALL ON ALL TABLES IN SCHEMA "${schema}" FROM ${list(from)}`,
    `REVOKE ALL ON SCHEMA "${schema}" FROM ${list(from)}`,
  ];
}

function bookkeeping(roles: RoleNames, manifest: ModuleManifest): string[] {
  const role = roles.ofModule(manifest.name);
  return Object.entries(OWN_BOOKKEEPING).flatMap(([table, privileges]) => [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`,
    `GRANT ${privileges} ON ${table} TO "${role}"`,
    ...policy(
      `own_${manifest.name}`,
      table,
      `TO "${role}" USING (module = '${manifest.name}') WITH CHECK (module = '${manifest.name}')`,
    ),
    ...policy('platform', table, `TO "${roles.platform}" USING (true) WITH CHECK (true)`),
  ]);
}

interface Installed {
  readonly roles: RoleNames;
  readonly replicationLogin: string;
  readonly manifests: readonly ModuleManifest[];
}

function relationStatements(installed: Installed, relation: Relation): string[] {
  const { roles, replicationLogin, manifests } = installed;
  const name = `${relation.schema}.${relation.name}`;
  const quoted = `"${relation.schema}"."${relation.name}"`;
  const owner = manifests.find((manifest) => manifest.schema === relation.schema);
  if (!owner) return [];
  const rolesOf = (some: readonly ModuleManifest[]) => some.map((manifest) => roles.ofModule(manifest.name));
  const others = manifests.filter((manifest) => manifest !== owner);
  const appendedByAll = owner.appendedByAll?.includes(name) ?? false;
  const appenders = appendedByAll ? others.filter((manifest) => appendsTo(manifest, owner)) : [];
  const changeable = owner.writtenBySubmitters?.[name];
  const submitters = changeable ? others.filter((manifest) => submitsTo(manifest, owner)) : [];
  const looked = owner.readByWriters?.[name];
  const lookers = looked ? others.filter((each) => appendsTo(each, owner) || submitsTo(each, owner)) : [];
  const readers = others.filter((manifest) => readsOf(manifest).has(name));

  const whole = rolesOf([owner, ...readers, ...appenders, ...submitters]);
  const statements = [`GRANT SELECT ON ${quoted} TO ${list([roles.api, replicationLogin, ...whole])}`];
  if (relation.isView) return statements;
  const grant = (privileges: string, some: readonly ModuleManifest[]) =>
    some.length > 0 ? [`GRANT ${privileges} ON ${quoted} TO ${list(rolesOf(some))}`] : [];
  statements.push(
    ...grant(relation.appendOnly ? 'INSERT' : 'INSERT, UPDATE, DELETE', [owner, ...appenders]),
    ...grant(`INSERT, UPDATE (${changeable?.join(', ')})`, submitters),
    ...grant(`SELECT (${looked?.join(', ')})`, lookers),
  );
  const readerRoles = [...whole, ...rolesOf(lookers)];
  if (relation.hasTenant) statements.push(...rowSecurity(installed, quoted, owner, readerRoles, appendedByAll));
  return statements;
}

/** The API sees its tenant; modules serve all tenants. Who may append to a table of everyone, its own policies say. */
function rowSecurity(
  { roles, replicationLogin }: Installed,
  table: string,
  owner: ModuleManifest,
  readerRoles: readonly string[],
  appendedByAll: boolean,
): string[] {
  const everything = `TO "${roles.ofModule(owner.name)}" USING (true) WITH CHECK (true)`;
  return [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`,
    ...policy('tenant', table, `FOR SELECT TO "${roles.api}" USING (tenant_id IS NULL OR tenant_id = cdc.tenant())`),
    ...policy('modules_read', table, `FOR SELECT TO ${list([replicationLogin, ...readerRoles])} USING (true)`),
    ...(appendedByAll ? [] : policy('owner_writes', table, everything)),
  ];
}

/** A module appends to the shared tables of a module that it depends on when it has words of its own. */
function appendsTo(manifest: ModuleManifest, owner: ModuleManifest): boolean {
  return manifest.vocabulary.length > 0 && manifest.dependsOn.includes(owner.name);
}

/** A module submits to a module that it depends on when source systems are registered to it. */
function submitsTo({ submits = [], dependsOn }: ModuleManifest, owner: ModuleManifest): boolean {
  return submits.length > 0 && dependsOn.includes(owner.name);
}

/** What a module may read of others: the tables it declares, and the contracts it hears. */
function readsOf(manifest: ModuleManifest): Set<string> {
  return new Set([...manifest.reads, ...manifest.consumes.map((contract) => `${contract.schema}.${contract.table}`)]);
}

function policy(name: string, table: string, body: string): string[] {
  return [`DROP POLICY IF EXISTS "${name}" ON ${table}`, `CREATE POLICY "${name}" ON ${table} ${body}`];
}

function list(roles: readonly string[]): string {
  return [...new Set(roles)].map((role) => `"${role}"`).join(', ');
}
