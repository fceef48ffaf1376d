import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testServer, type TestDatabase } from '../../../../test/support/postgres.js';
import { onConnection } from '../postgres/admin-connection.js';
import { ensureSlot, readSlot } from './slot.js';

describe("a slot of the server's", () => {
  let ours: TestDatabase;
  let others: TestDatabase;
  const drop = (slot: string) =>
    onConnection(ours.url, (client) => client.query('SELECT pg_drop_replication_slot($1)', [slot]));
  beforeAll(async () => {
    const server = await testServer();
    ours = await server.createDatabase();
    others = await server.createDatabase();
  });
  afterAll(async () => {
    await ours.drop();
    await others.drop();
  });

  it('is made once', async () => {
    expect(await readSlot(ours.url, 'slot_spec')).toBe(null);
    expect(await ensureSlot(ours.url, 'slot_spec')).toBeGreaterThan(0n);
    expect(await ensureSlot(ours.url, 'slot_spec')).toBe(null);
    expect(await readSlot(ours.url, 'slot_spec')).toMatchObject({ active: false, lost: false });
    await drop('slot_spec');
  });

  it("is refused when it is another database's, or a standby's", async () => {
    await ensureSlot(others.url, 'slot_spec_others');
    const taken = { code: 'slot-taken', message: expect.stringContaining(`database ${others.name}`) };
    await expect(readSlot(ours.url, 'slot_spec_others')).rejects.toMatchObject(taken);
    await expect(ensureSlot(ours.url, 'slot_spec_others')).rejects.toMatchObject(taken);
    await onConnection(others.url, (client) =>
      client.query(
        `SELECT pg_drop_replication_slot('slot_spec_others'), pg_create_physical_replication_slot('slot_spec_standby')`,
      ),
    );
    await expect(readSlot(ours.url, 'slot_spec_standby')).rejects.toMatchObject({
      code: 'slot-taken',
      message: expect.stringContaining('a standby'),
    });
    await drop('slot_spec_standby');
  });
});
