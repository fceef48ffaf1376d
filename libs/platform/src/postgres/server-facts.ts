import type pg from 'pg';

/** What a server says about itself to one login. */
export interface LoginFacts {
  readonly login: string;
  readonly database: string;
  /** When the server was started: two logins that see the same time and database are on the same one. */
  readonly serverStartedAt: string;
  readonly version: string;
  readonly versionNumber: number;
  readonly encoding: string;
  readonly inRecovery: boolean;
  readonly readOnly: boolean;
  readonly fsync: string;
  readonly walLevel: string;
  readonly synchronousCommit: string;
  readonly maxSlotWalKeepSize: string;
  readonly maxReplicationSlots: number;
  readonly maxWalSenders: number;
  /** All of the server's; a slot for physical replication belongs to no database. */
  readonly slots: readonly { readonly name: string; readonly database: string | null }[];
  readonly walSenders: number;
  /** Connections that the server lets ordinary logins make. */
  readonly connections: number;
  /** Of these, what other logins have at this moment. */
  readonly connectionsOfOthers: number;
  /** What the login and the database are limited to; null: not. */
  readonly loginConnections: number | null;
  readonly databaseConnections: number | null;
  readonly superuser: boolean;
  readonly mayCreateRoles: boolean;
  readonly mayCreateInDatabase: boolean;
  readonly mayReplicate: boolean;
  readonly bypassesRowSecurity: boolean;
}

/** Reads the facts in one statement that every login may run. */
export async function readLoginFacts(client: pg.Client): Promise<LoginFacts> {
  const { rows } = await client.query<LoginFacts>(FACTS);
  const [facts] = rows;
  if (facts === undefined) throw new Error('the server answered without a row');
  return facts;
}

const FACTS = `
SELECT session_user::text                                     AS "login",
       current_database()::text                               AS "database",
       pg_postmaster_start_time()::text                       AS "serverStartedAt",
       current_setting('server_version')                      AS "version",
       current_setting('server_version_num')::int             AS "versionNumber",
       (SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()) AS "encoding",
       pg_is_in_recovery()                                    AS "inRecovery",
       current_setting('default_transaction_read_only') = 'on' AS "readOnly",
       current_setting('fsync')                               AS "fsync",
       current_setting('wal_level')                           AS "walLevel",
       current_setting('synchronous_commit')                  AS "synchronousCommit",
       current_setting('max_slot_wal_keep_size')              AS "maxSlotWalKeepSize",
       current_setting('max_replication_slots')::int          AS "maxReplicationSlots",
       current_setting('max_wal_senders')::int                AS "maxWalSenders",
       (SELECT COALESCE(json_agg(json_build_object('name', slot_name, 'database', database)), '[]')
          FROM pg_replication_slots)                          AS "slots",
       (SELECT count(*) FROM pg_stat_replication)::int        AS "walSenders",
       current_setting('max_connections')::int - current_setting('reserved_connections')::int
         - current_setting('superuser_reserved_connections')::int AS "connections",
       (SELECT count(*) FROM pg_stat_activity
         WHERE usename <> session_user AND pid NOT IN (SELECT pid FROM pg_stat_replication))::int AS "connectionsOfOthers",
       CASE WHEN NOT rolsuper THEN NULLIF(rolconnlimit, -1) END AS "loginConnections",
       (SELECT NULLIF(datconnlimit, -1) FROM pg_database
         WHERE datname = current_database() AND NOT rolsuper) AS "databaseConnections",
       rolsuper                                               AS "superuser",
       rolsuper OR rolcreaterole                              AS "mayCreateRoles",
       has_database_privilege(current_database(), 'CREATE')   AS "mayCreateInDatabase",
       rolsuper OR rolreplication                             AS "mayReplicate",
       rolsuper OR rolbypassrls                               AS "bypassesRowSecurity"
  FROM pg_roles
 WHERE rolname = session_user`;
