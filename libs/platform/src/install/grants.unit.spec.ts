import { describe, expect, it } from '@jest/globals';
import { RoleNames } from '../database/role-names.js';
import type { ModuleManifest } from '../module/manifest.js';
import { grantStatements, type Relation } from './grants.js';

const aManifest = (name: string, more: Partial<ModuleManifest>): ModuleManifest => ({
  name,
  purpose: '',
  schema: name,
  optional: true,
  dependsOn: [],
  consumes: [],
  reads: [],
  publishes: [],
  vocabulary: [],
  migrations: [],
  ...more,
});
const aTable = (schema: string, name: string): Relation => {
  return { schema, name, isView: false, hasTenant: true, appendOnly: false };
};
const word = { code: 'guest:came', meaning: '', payload: '' } as const;
const host = aManifest('host', {
  appendedByAll: ['host.book'],
  readByWriters: { 'host.house': ['id', 'tenant_id'] },
  writtenBySubmitters: { 'host.inbox': ['text'] },
});
const tables = [aTable('host', 'book'), aTable('host', 'house'), aTable('host', 'inbox'), aTable('host', 'safe')];

/** What a module that depends on the host is granted of the host's tables. */
function grantedTo(guest: ModuleManifest): string[] {
  const statements = grantStatements(new RoleNames('x'), 'x_cdc', [host, guest], tables);
  return statements
    .filter((statement) => /^GRANT .* ON "host"\."/.test(statement) && statement.includes('"x_mod_guest"'))
    .map((statement) => statement.slice(0, statement.indexOf(' TO ')));
}

describe('the grants of a module', () => {
  it('that appends to a shared table are that table and the columns its policies look into', () => {
    const guest = aManifest('guest', { dependsOn: ['host'], vocabulary: [word] });
    expect(grantedTo(guest)).toEqual([
      'GRANT SELECT ON "host"."book"',
      'GRANT INSERT, UPDATE, DELETE ON "host"."book"',
      'GRANT SELECT (id, tenant_id) ON "host"."house"',
    ]);
  });

  it('that submits are the inbox, the columns that may change there, and what its policies look into', () => {
    expect(grantedTo(aManifest('guest', { dependsOn: ['host'], submits: ['guest.letters'] }))).toEqual([
      'GRANT SELECT (id, tenant_id) ON "host"."house"',
      'GRANT SELECT ON "host"."inbox"',
      'GRANT INSERT, UPDATE (text) ON "host"."inbox"',
    ]);
  });

  it('are what it reads, and nothing without a word and a declaration', () => {
    expect(grantedTo(aManifest('guest', { reads: ['host.house'] }))).toEqual(['GRANT SELECT ON "host"."house"']);
    expect(grantedTo(aManifest('guest', { dependsOn: ['host'] }))).toEqual([]);
    expect(grantedTo(aManifest('guest', { vocabulary: [word], submits: ['guest.letters'] }))).toEqual([]);
  });
});
