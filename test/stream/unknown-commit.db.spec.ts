import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anIntent } from '../builders/an-intent.js';
import { Flow } from '../support/flow.js';
import { migratedDatabase, type MigratedDatabase } from '../support/migrated-database.js';
import { until } from '../support/until.js';
import { cuttingProxy, type CuttingProxy } from './support/cutting-proxy.js';
import { consumer, inventoryFaults, NO_FAULTS, number, sql } from './support/look.js';

const INTAKE = 'inventoryReservationIntake';

describe('the change stream on a bad way to PostgreSQL', () => {
  let db: MigratedDatabase;
  let proxy: CuttingProxy;
  let flow: Flow;
  beforeAll(async () => {
    db = await migratedDatabase();
    proxy = await cuttingProxy(db.appUrl);
    flow = await Flow.start({ on: db, variables: { ORDERKEEL_DATABASE_URL: proxy.url } });
  });
  afterAll(async () => {
    await flow.stop();
    await proxy.close();
    await flow.dropDatabase();
  });
  const atRest = async () => {
    for (let hop = 0; hop < 4; hop += 1) await flow.expectQuiet();
  };

  it('does everything once when answers to commits are lost', async () => {
    await flow.receive('CUT-1', 60);
    proxy.cutEvery(7);
    const acknowledged: string[] = [];
    const submit = async (orderIntentId: string) => {
      const answer = await flow.call(
        'POST',
        '/order-intents',
        anIntent({ orderIntentId, lines: [{ sku: 'CUT-1', quantity: 1 }] }),
      );
      if (answer.status === 202) acknowledged.push(orderIntentId);
      else expect(answer.status).toBe(503);
    };
    // Intents that arrive together share a commit, so how many commits a round makes depends on the machine.
    for (let round = 0; round < 12 || (proxy.cuts < 10 && round < 200); round += 1) {
      await Promise.all(Array.from({ length: 10 }, (_, nth) => submit(`cut-${round}-${nth}`)));
    }
    expect(proxy.cuts).toBeGreaterThanOrEqual(10);
    proxy.cutEvery(0);
    await atRest();
    const lost = `SELECT count(*) FROM unnest($1::text[]) AS wanted(id) WHERE NOT EXISTS (
      SELECT FROM "order".order_intent i JOIN "order"."order" o ON o.id = i.order_id WHERE i.order_intent_id = wanted.id)`;
    expect(await number(db, lost, [acknowledged])).toBe(0);
    expect(await number(db, `SELECT count(*) FROM "order".order_intent WHERE state = 'received'`)).toBe(0);
    expect(await inventoryFaults(db)).toEqual(NO_FAULTS);
    expect(await number(db, 'SELECT count(*) FROM cdc.parked_key')).toBe(0);
  });

  it('acknowledges nothing when it fails while it takes over, with changes waiting', async () => {
    await atRest();
    // The lock keeps it from taking its lanes over; whoever waits for it is cut.
    const release = await lockCheckpoints(db);
    await sql(
      db,
      `SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE database = current_database()`,
    );
    const orders = await Promise.all(
      Array.from({ length: 30 }, () => flow.submit({ lines: [{ sku: 'CUT-1', quantity: 1 }] })),
    );
    for (let cut = 0; cut < 3; cut += 1) {
      await until('it waits for its lanes', async () => {
        const cutSessions = await sql(
          db,
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%cdc.checkpoint%'`,
        );
        return cutSessions.length > 0;
      });
    }
    await release();
    await until('it leads again', async () => (await consumer(flow, INTAKE))['lagEvents'] !== null);
    await atRest();
    const missing = await number(
      db,
      `SELECT count(*) FROM unnest($1::uuid[]) AS id WHERE NOT EXISTS (SELECT FROM inventory.order_reservation WHERE order_id = id)`,
      [orders],
    );
    expect(missing).toBe(0);
    expect(await inventoryFaults(db)).toEqual(NO_FAULTS);
  });
});

/** Locks every lane's row as a frozen owner would; gives what lets them go. */
async function lockCheckpoints(db: MigratedDatabase): Promise<() => Promise<void>> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let locked: () => void = () => undefined;
  const holds = new Promise<void>((resolve) => (locked = resolve));
  const holding = db.database.bookkeeping(async (tx) => {
    await tx.execute(`SET LOCAL idle_in_transaction_session_timeout = 0`);
    await tx.query('SELECT 1 FROM cdc.checkpoint FOR UPDATE');
    locked();
    await released;
  });
  await Promise.race([holds, holding]);
  return async () => {
    release();
    await holding;
  };
}
