import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { onConnection } from '../../libs/platform/src/postgres/admin-connection.js';
import { Flow } from '../support/flow.js';
import { slotOf } from '../support/flow-connector.js';
import { testServer, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import { number, sql } from './support/look.js';

describe("a slot of our name that is another database's", () => {
  let flow: Flow | null = null;
  let other: TestDatabase;
  beforeEach(async () => {
    other = await (await testServer()).createDatabase();
  });
  afterEach(async () => {
    await flow?.stopProgram();
    await flow?.dropDatabase();
    await other.drop();
  });
  const inOther = (statement: string, slot: string) =>
    onConnection(other.url, (client) => client.query(statement, [slot]));
  const health = async () => {
    const { body } = await flow!.call<{ probes: Record<string, { detail?: string }> }>('GET', '/health/ready');
    return body.probes['stream']?.detail;
  };

  it('is not called gone, is no reason to stand by, and is forgotten once it is dropped', async () => {
    flow = await Flow.start();
    const { db } = flow;
    const slot = slotOf(db);
    const letIn = (count: number) =>
      sql(db, `ALTER DATABASE "${new URL(db.adminUrl).pathname.slice(1)}" CONNECTION LIMIT ${count}`);
    await until('it reads', async () => (await health()) === 'this process reads', 60_000);
    // Keeps the reader out for as long as the slot changes hands.
    await letIn(0);
    await sql(db, 'SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = $1', [slot]);
    await until('the slot is free', async () => (await number(db, ACTIVE, [slot])) === 0);
    await sql(db, 'SELECT pg_drop_replication_slot($1)', [slot]);
    await inOther(`SELECT pg_create_logical_replication_slot($1, 'pgoutput')`, slot);
    await letIn(-1);
    await until('it says that it cannot read', async () => (await health()) === 'trying to read', 60_000);
    await inOther('SELECT pg_drop_replication_slot($1)', slot);
    await until('it reads again', async () => (await health()) === 'this process reads', 60_000);
  });

  it('keeps the program from starting', async () => {
    const first = await Flow.start();
    flow = first;
    await first.stopProgram();
    const { db } = first;
    const slot = slotOf(db);
    await until('the slot is free', async () => (await number(db, ACTIVE, [slot])) === 0);
    await sql(db, 'SELECT pg_drop_replication_slot($1)', [slot]);
    await inOther(`SELECT pg_create_logical_replication_slot($1, 'pgoutput')`, slot);
    await expect(Flow.start({ on: db })).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(`${slot} belongs to database ${other.name}.*another ORDERKEEL_NAMESPACE`),
    });
    await inOther('SELECT pg_drop_replication_slot($1)', slot);
  });
});

const ACTIVE = 'SELECT count(*) FROM pg_replication_slots WHERE slot_name = $1 AND active';
