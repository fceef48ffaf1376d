import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { onConnection } from '../../libs/platform/src/postgres/admin-connection.js';
import { migratedDatabase } from '../support/migrated-database.js';

const { modulesOnDisk } = (await import(
  fileURLToPath(new URL('../../tools/modules-on-disk.mjs', import.meta.url))
)) as {
  modulesOnDisk(): { name: string }[];
};

describe('the database roles of an installation', () => {
  it('are one per module on disk, none of which may log in or go around row security', async () => {
    const db = await migratedDatabase();
    const { rows } = await onConnection(db.adminUrl, (client) =>
      client.query(
        `SELECT rolname, rolcanlogin OR rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication AS powerful
           FROM pg_roles WHERE rolname LIKE 'orderkeel\\_mod\\_%' ORDER BY rolname`,
      ),
    );
    await db.drop();
    const expected = modulesOnDisk().map(({ name }) => ({ rolname: db.roles.ofModule(name), powerful: false }));
    expect(rows).toEqual(expected);
  });
});
