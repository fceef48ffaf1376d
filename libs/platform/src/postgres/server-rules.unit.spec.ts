import { describe, expect, it } from '@jest/globals';
import type { LoginFacts } from './server-facts.js';
import { judgeServer } from './server-rules.js';

const fitting: LoginFacts = {
  login: 'shop',
  database: 'shop',
  serverStartedAt: '2026-11-21 08:00:00+00',
  version: '18.4',
  versionNumber: 180_004,
  encoding: 'UTF8',
  inRecovery: false,
  readOnly: false,
  fsync: 'on',
  walLevel: 'logical',
  synchronousCommit: 'on',
  maxSlotWalKeepSize: '8GB',
  maxReplicationSlots: 10,
  maxWalSenders: 10,
  slots: [{ name: 'orderkeel', database: 'shop' }],
  walSenders: 1,
  connections: 97,
  connectionsOfOthers: 77,
  loginConnections: null,
  databaseConnections: null,
  superuser: false,
  mayCreateRoles: true,
  mayCreateInDatabase: true,
  mayReplicate: true,
  bypassesRowSecurity: false,
};

const needs = { slotName: 'orderkeel', connections: 20 };

/** What is found when the one login of all three URLs differs so from a fitting one. */
const judge = (difference: Partial<LoginFacts>) => {
  const login = { ...fitting, ...difference };
  return judgeServer({ app: login, admin: login, replication: login }, needs);
};
const others = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `other_${at}`, database: 'shop' }));

describe("the check of the user's own server", () => {
  it('finds nothing on a server that fits, of version 17 or 18', () => {
    expect(judge({})).toEqual([]);
    expect(judge({ version: '17.0', versionNumber: 170_000 })).toEqual([]);
  });

  it.each<[Partial<LoginFacts>, 'error' | 'warning', string, RegExp]>([
    [{ version: '16.9', versionNumber: 160_009 }, 'error', 'server_version', /16\.9.*17 or 18/],
    [{ version: '19.0', versionNumber: 190_000 }, 'error', 'server_version', /19\.0.*17 or 18/],
    [{ encoding: 'SQL_ASCII' }, 'error', 'encoding', /SQL_ASCII.*ENCODING 'UTF8'/],
    [{ inRecovery: true }, 'error', 'in_recovery', /standby/],
    [{ readOnly: true }, 'error', 'default_transaction_read_only', /set it to off/],
    [{ walLevel: 'replica' }, 'error', 'wal_level', /is replica.*wal_level = logical.*restart/],
    [{ synchronousCommit: 'off' }, 'error', 'synchronous_commit', /synchronous_commit = on.*reload/],
    [{ maxSlotWalKeepSize: '-1' }, 'warning', 'max_slot_wal_keep_size', /max_slot_wal_keep_size = 8GB.*reload/],
    [{ fsync: 'off' }, 'warning', 'fsync', /fsync = on/],
    [{ slots: others(10) }, 'error', 'max_replication_slots', /max_replication_slots = 20.*restart/],
    [{ slots: [...fitting.slots, ...others(9)] }, 'warning', 'max_replication_slots', /max_replication_slots = 20/],
    [
      { slots: [{ name: 'orderkeel', database: 'store' }] },
      'error',
      'ORDERKEEL_NAMESPACE',
      /slot orderkeel belongs to database store.*use another ORDERKEEL_NAMESPACE for database shop/,
    ],
    [{ slots: [{ name: 'orderkeel', database: null }] }, 'error', 'ORDERKEEL_NAMESPACE', /belongs to a standby/],
    [{ walSenders: 10 }, 'error', 'max_wal_senders', /max_wal_senders = 20.*restart/],
    [{ connections: 19 }, 'error', 'max_connections', /up to 20.*gives 19: write "max_connections = 147".*restart/],
    [{ connectionsOfOthers: 78 }, 'warning', 'max_connections', /others have 78.*gives 97 to all.*restart/],
    [{ loginConnections: 19 }, 'error', 'rolconnlimit', /may make 19: ALTER ROLE "shop" CONNECTION LIMIT 20/],
    [{ databaseConnections: 19 }, 'error', 'datconnlimit', /lets in 19: ALTER DATABASE "shop" CONNECTION LIMIT 20/],
    [{ mayCreateRoles: false }, 'error', 'CREATEROLE', /ALTER ROLE "shop" CREATEROLE/],
    [{ mayCreateInDatabase: false }, 'error', 'CREATE', /GRANT CREATE ON DATABASE "shop" TO "shop"/],
    [{ mayReplicate: false }, 'error', 'REPLICATION', /ALTER ROLE "shop" REPLICATION/],
    [{ superuser: true, bypassesRowSecurity: true }, 'warning', 'SUPERUSER', /is a superuser/],
    [{ bypassesRowSecurity: true }, 'warning', 'BYPASSRLS', /above row security/],
  ])('says of %j what to write', (difference, level, setting, message) => {
    expect(judge(difference)).toEqual([{ level, setting, message: expect.stringMatching(message) }]);
  });

  it('names the URL that leads elsewhere', () => {
    const elsewhere = { ...fitting, database: 'other' };
    const logins = { app: fitting, admin: fitting, replication: elsewhere };
    expect(judgeServer(logins, needs)).toMatchObject([
      { level: 'error', setting: 'ORDERKEEL_REPLICATION_DATABASE_URL' },
    ]);
  });
});
