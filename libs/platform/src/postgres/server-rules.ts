import type { LoginFacts } from './server-facts.js';

/** Something about the user's server that keeps Orderkeel from starting (`error`) or that it can live with. */
export interface ServerFinding {
  readonly level: 'error' | 'warning';
  /** The setting, privilege or variable at fault. */
  readonly setting: string;
  /** What is wrong, and what to write where. Holds no password. */
  readonly message: string;
}

/** What this program takes of a server. */
export interface ServerNeeds {
  /** The name of the slot that is ours. */
  readonly slotName: string;
  /** Connections at most, the slot's not counted. */
  readonly connections: number;
}

/** The three logins, which may be the same one. */
interface ServerLogins {
  readonly app: LoginFacts;
  readonly admin: LoginFacts;
  readonly replication: LoginFacts;
}

/** Everything that is wrong with the server and its logins at once, so that it is mended in one go; empty: it fits (interfaces 6). */
export function judgeServer(logins: ServerLogins, needs: ServerNeeds): ServerFinding[] {
  return [
    ...versionRules(logins.app),
    ...settingRules(logins.app),
    ...slotNameRules(logins.app, needs.slotName),
    ...slotRules(logins.replication, needs.slotName),
    ...connectionRules(logins.app, needs.connections),
    ...loginRules(logins),
  ];
}

const error = (setting: string, message: string): ServerFinding => ({ level: 'error', setting, message });
const warning = (setting: string, message: string): ServerFinding => ({ level: 'warning', setting, message });
const inFile = (line: string, then: string) => `write "${line}" in postgresql.conf and ${then} PostgreSQL`;

function* versionRules({ version, versionNumber, encoding, inRecovery, readOnly }: LoginFacts) {
  if (versionNumber < 170_000 || versionNumber >= 190_000)
    yield error('server_version', `PostgreSQL ${version} is not supported: use version 17 or 18.`);
  if (encoding !== 'UTF8')
    yield error(
      'encoding',
      `The database has encoding ${encoding}: make one with CREATE DATABASE ... ENCODING 'UTF8'.`,
    );
  if (inRecovery) yield error('in_recovery', 'The server is a standby: name the primary in ORDERKEEL_DATABASE_URL.');
  if (readOnly)
    yield error('default_transaction_read_only', `default_transaction_read_only is on: set it to off for the login.`);
}

function* settingRules(facts: LoginFacts) {
  const { walLevel, synchronousCommit, maxSlotWalKeepSize, fsync } = facts;
  if (walLevel !== 'logical')
    yield error('wal_level', `wal_level is ${walLevel}: ${inFile('wal_level = logical', 'restart')}.`);
  // Without it a slot could be ahead of effects that a crash undoes (reliability 2.1, F19).
  if (synchronousCommit === 'off')
    yield error('synchronous_commit', `synchronous_commit is off: ${inFile('synchronous_commit = on', 'reload')}.`);
  if (maxSlotWalKeepSize === '-1')
    yield warning(
      'max_slot_wal_keep_size',
      `max_slot_wal_keep_size is -1, so a slot that nobody reads fills the disk: ${inFile('max_slot_wal_keep_size = 8GB', 'reload')}.`,
    );
  if (fsync === 'off')
    yield warning('fsync', `fsync is off, so a crash may lose accepted orders: ${inFile('fsync = on', 'reload')}.`);
}

/** The names of slots are the whole server's. */
function* slotNameRules({ slots, database }: LoginFacts, slotName: string) {
  const slot = slots.find(({ name }) => name === slotName);
  if (!slot || slot.database === database) return;
  const holder = slot.database === null ? 'a standby' : `database ${slot.database}`;
  yield error(
    'ORDERKEEL_NAMESPACE',
    `The replication slot ${slotName} belongs to ${holder} of this server: use another ORDERKEEL_NAMESPACE for database ${database}.`,
  );
}

function* slotRules(facts: LoginFacts, slotName: string) {
  const { maxReplicationSlots, slots, maxWalSenders, walSenders } = facts;
  if (slots.length >= maxReplicationSlots) {
    const message =
      `All ${maxReplicationSlots} replication slots are taken: drop one that nobody reads (pg_drop_replication_slot), or ` +
      `${inFile(`max_replication_slots = ${maxReplicationSlots + 10}`, 'restart')}.`;
    // The stream's own slot is enough to run; an executor that catches up takes a second one for a moment.
    yield slots.some(({ name }) => name === slotName)
      ? warning('max_replication_slots', message)
      : error('max_replication_slots', message);
  }
  if (walSenders >= maxWalSenders)
    yield error(
      'max_wal_senders',
      `All ${maxWalSenders} WAL senders are in use: ${inFile(`max_wal_senders = ${maxWalSenders + 10}`, 'restart')}.`,
    );
}

function* connectionRules(facts: LoginFacts, needed: number) {
  const { connections, connectionsOfOthers: others, loginConnections, databaseConnections, login, database } = facts;
  const takes = `Orderkeel takes up to ${needed} connections`;
  const more = inFile(`max_connections = ${needed + Math.max(others, 10) + 50}`, 'restart');
  if (connections < needed) yield error('max_connections', `${takes}, and the server gives ${connections}: ${more}.`);
  else if (connections < needed + others)
    yield warning(
      'max_connections',
      `${takes}, others have ${others}, and the server gives ${connections} to all: ${more}.`,
    );
  if (loginConnections !== null && loginConnections < needed)
    yield error(
      'rolconnlimit',
      `${takes}, and its login may make ${loginConnections}: ALTER ROLE "${login}" CONNECTION LIMIT ${needed}.`,
    );
  if (databaseConnections !== null && databaseConnections < needed)
    yield error(
      'datconnlimit',
      `${takes}, and the database lets in ${databaseConnections}: ALTER DATABASE "${database}" CONNECTION LIMIT ${needed}.`,
    );
}

function* loginRules({ app, admin, replication }: ServerLogins) {
  for (const [name, other] of [
    ['ORDERKEEL_ADMIN_DATABASE_URL', admin],
    ['ORDERKEEL_REPLICATION_DATABASE_URL', replication],
  ] as const)
    if (other.database !== app.database || other.serverStartedAt !== app.serverStartedAt)
      yield error(name, `${name} leads to another server or database than ORDERKEEL_DATABASE_URL: name the same one.`);
  if (!admin.mayCreateRoles)
    yield error(
      'CREATEROLE',
      `The login ${admin.login} of migrations may not make roles: ALTER ROLE "${admin.login}" CREATEROLE.`,
    );
  if (!admin.mayCreateInDatabase)
    yield error(
      'CREATE',
      `The login ${admin.login} of migrations may not make schemas: GRANT CREATE ON DATABASE "${admin.database}" TO "${admin.login}".`,
    );
  if (!replication.mayReplicate)
    yield error(
      'REPLICATION',
      `The login ${replication.login} may not read the change stream: ALTER ROLE "${replication.login}" REPLICATION.`,
    );
  if (app.bypassesRowSecurity)
    yield warning(
      app.superuser ? 'SUPERUSER' : 'BYPASSRLS',
      `The login ${app.login} of ORDERKEEL_DATABASE_URL is ${app.superuser ? 'a superuser' : 'above row security'}: it works, ` +
        `because every transaction takes a role, but a login that may only take the module roles is safer.`,
    );
}
