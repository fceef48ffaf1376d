import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { until } from '../../../../test/support/until.js';
import { createSlot } from '../change-stream/replication/create-slot.js';
import { connectForReplication } from '../change-stream/replication/replication-client.js';
import { onConnection } from '../postgres/admin-connection.js';
import { claimSource, type SourceClaim, type SourceKind } from './source-claim.js';

describe("the claim on an installation's executors", () => {
  let db: MigratedDatabase;
  let claims: SourceClaim[];
  let lost: Error[];
  beforeEach(async () => {
    db = await migratedDatabase();
    [claims, lost] = [[], []];
  });
  afterEach(async () => {
    await Promise.all(claims.map((each) => each.release()));
    await db.drop();
  });

  const slot = () => `slot_${new URL(db.adminUrl).pathname.slice(1)}`;
  const claim = async (kind: SourceKind, owner: string) => {
    const told = (error: Error) => void lost.push(error);
    const made = await claimSource({ url: db.replicationUrl, slot: slot(), kind, owner, lost: told });
    claims.push(made);
    return made;
  };
  const ask = (sql: string) => onConnection(db.adminUrl, (client) => client.query(sql, [slot()]));
  const sessions = (what: string, owner: string) =>
    onConnection(db.adminUrl, (client) =>
      client.query(`SELECT ${what} FROM pg_stat_activity WHERE application_name = $1`, [`orderkeel ${owner}`]),
    );
  const cut = (owner: string) => sessions('pg_terminate_backend(pid)', owner);
  const locked = async (owner: string) => {
    const { rows } = await sessions(
      `(SELECT count(*)::int FROM pg_locks l WHERE l.pid = pg_stat_activity.pid) AS locks`,
      owner,
    );
    return (rows as { locks: number }[]).reduce((sum, { locks }) => sum + locks, 0);
  };

  it('is shared by programs of one kind, and keeps those of the other out by name until all are gone', async () => {
    const first = await claim('kafka', 'host/1');
    const second = await claim('kafka', 'host/2');
    const refused = { code: 'other-source', message: expect.stringContaining('(orderkeel host/1, orderkeel host/2)') };
    await expect(claim('embedded', 'host/3')).rejects.toMatchObject(refused);
    await first.release();
    await expect(claim('embedded', 'host/3')).rejects.toMatchObject({ code: 'other-source' });
    await second.release();
    await claim('embedded', 'host/3');
    await expect(claim('kafka', 'host/4')).rejects.toThrow('without ORDERKEEL_CHANGES=kafka');
  });

  it('is made again when its connection was cut, and is lost to one of the other kind that came meanwhile', async () => {
    await claim('embedded', 'host/1');
    await cut('host/1');
    await until('it is made again', async () => (await locked('host/1')) === 1);
    await expect(claim('kafka', 'host/2')).rejects.toMatchObject({ code: 'other-source' });
    expect(lost).toEqual([]);
    const other = await until('another one comes in between', async () => {
      await cut('host/1');
      return claim('kafka', 'host/2').catch(() => null);
    });
    await until('it is lost', () => lost.length === 1);
    expect(lost[0]).toMatchObject({ code: 'other-source' });
    await other.release();
  });

  it('is refused to who would read a slot that is read by another program', async () => {
    await createSlot(db.replicationUrl, slot());
    const debezium = await connectForReplication(`${db.replicationUrl}?application_name=Debezium%20Streaming`, '');
    const options = `("proto_version" '1', "publication_names" 'orderkeel_cdc')`;
    debezium.client.query(`START_REPLICATION SLOT "${slot()}" LOGICAL 0/0 ${options}`).catch(() => undefined);
    const active = 'SELECT FROM pg_replication_slots WHERE slot_name = $1 AND active';
    await until('it reads', async () => (await ask(active)).rowCount === 1);
    await expect(claim('embedded', 'host/1')).rejects.toThrow('is read by Debezium Streaming');
    await claim('kafka', 'host/1');
    await debezium.client.end();
    await until('it is free', async () => (await ask(active)).rowCount === 0);
    await ask('SELECT pg_drop_replication_slot($1)');
  });
});
