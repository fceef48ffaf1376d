import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  IngestPorts,
  type AcceptanceHook,
  type IntentFacts,
  type IntentGuard,
  type Verdict,
} from '@orderkeel/order/contract';
import { anIntent, type IntentWish } from '../../../../test/builders/an-intent.js';
import { applicationOn, testConfiguration, type TestApplication } from '../../../../test/support/application.js';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { ReactionRun } from '../../../../test/support/reaction-run.js';
import { itBehavesLikeAReaction } from '../../../../test/support/reaction-suite.js';
import { validateIntent } from '../submit-intent/intent-content.js';
import { submitIntents } from '../submit-intent/submit-intents.js';

const EXECUTOR = 'orderIntentIngestor';

async function submitted(db: MigratedDatabase, ...wishes: IntentWish[]): Promise<string[]> {
  const contents = wishes.map((wish) => {
    const validated = validateIntent(anIntent(wish));
    if ('faults' in validated) throw new Error(JSON.stringify(validated.faults));
    return validated.value;
  });
  const outcomes = await db.database.command('order', { tenantId: null, actor: 'spec' }, (tx) =>
    submitIntents(tx, contents),
  );
  return outcomes.map((outcome) => outcome.orderId);
}

/** All that ingesting leaves, told by the caller's own ids. */
async function leftBehind(db: MigratedDatabase): Promise<unknown> {
  return db.database.read({ tenantId: null }, async (tx) => ({
    intents: await tx.query('SELECT order_intent_id, state FROM "order".order_intent ORDER BY 1'),
    orders: await tx.query(
      `SELECT o.order_intent_id, o.customer_ref, o.currency, o.revision, jsonb_array_length(o.line_items) AS lines, h.status_code,
              h.written_by, h.payload FROM "order"."order" o LEFT JOIN "order".order_status_history h USING (order_id) ORDER BY 1`,
    ),
    rejections: await tx.query(
      'SELECT code, http_status, reasons FROM "order".intent_rejection ORDER BY reasons::text',
    ),
  }));
}

itBehavesLikeAReaction({
  executor: EXECUTOR,
  foreignTable: 'inventory.stock',
  arrange: async ({ db }) => {
    const ids = await submitted(
      db,
      { orderIntentId: 'a' },
      { orderIntentId: 'b' },
      { orderIntentId: 'c' },
      { orderIntentId: 'd' },
    );
    return ids.map((key) => ({ key }));
  },
  effects: ({ db }) => leftBehind(db),
});

describe('the ingestor, when an intent arrives', () => {
  let db: MigratedDatabase;
  let app: TestApplication;
  let run: ReactionRun;

  beforeAll(async () => {
    db = await migratedDatabase();
    const sources = {
      '*': { unknownSku: 'reject', unknownCustomer: 'reject' },
      'channel.test': { unknownSku: 'accept', unknownCustomer: 'accept' },
      'channel.partly': { unknownSku: 'reject', unknownCustomer: 'accept' },
    } as const;
    app = await applicationOn(db, { file: testConfiguration({ sources }) });
    run = new ReactionRun(db, app.executor(EXECUTOR));
  });
  afterAll(async () => {
    await app.close();
    await db.drop();
  });

  const ingest = async (wish: IntentWish) => {
    const [orderId] = await submitted(db, wish);
    await run.apply([{ key: orderId! }]);
    return orderId!;
  };
  const intentOf = async (orderId: string) => {
    const rows = await db.database.read({ tenantId: null }, (tx) =>
      tx.query(
        `SELECT i.state, r.code, r.http_status AS status, r.reasons FROM "order".order_intent i
           LEFT JOIN "order".intent_rejection r ON r.intent_id = i.id WHERE i.order_id = $1`,
        [orderId],
      ),
    );
    return rows[0];
  };

  it('makes an order whose id the intent had from the start', async () => {
    const orderId = await ingest({ orderIntentId: 'known-id' });
    const rows = await db.database.read({ tenantId: null }, (tx) =>
      tx.query('SELECT order_id FROM "order"."order" WHERE order_id = $1', [orderId]),
    );
    expect(rows).toEqual([{ order_id: orderId }]);
  });

  it('rejects what names an unknown customer or SKU, by the policy of its source', async () => {
    const unknown = await ingest({ sourceSystem: 'channel.other', lines: [{ sku: 'X1' }, { sku: 'X2' }] });
    expect(await intentOf(unknown)).toMatchObject({
      state: 'rejected',
      code: 'unknown-customer',
      status: 422,
      reasons: [
        { code: 'unknown-customer', pointer: '/customerRef' },
        { code: 'unknown-sku', pointer: '/lineItems/0/sku' },
        { code: 'unknown-sku', pointer: '/lineItems/1/sku' },
      ],
    });
    const partly = await ingest({ sourceSystem: 'channel.partly', lines: [{ sku: 'X1' }] });
    expect(await intentOf(partly)).toMatchObject({ state: 'rejected', reasons: [{ code: 'unknown-sku' }] });
  });

  it('refuses money that does not add up, whoever wrote the row', async () => {
    const [orderId] = await submitted(db, { orderIntentId: 'forged' });
    await db.database.command('order', { tenantId: null, actor: 'spec' }, (tx) =>
      tx.execute(`UPDATE "order".order_intent SET totals = jsonb_set(totals, '{subtotal}', '1') WHERE order_id = $1`, [
        orderId,
      ]),
    );
    await run.apply([{ key: orderId! }]);
    expect(await intentOf(orderId!)).toMatchObject({
      state: 'rejected',
      code: 'invalid-request',
      reasons: [{ pointer: '/totals/subtotal' }, { pointer: '/totals/total' }],
    });
  });

  it('makes of a row that was written by contract the order that the API would have made', async () => {
    const [sent, written] = await submitted(db, { orderIntentId: 'sent' }, { orderIntentId: 'written' });
    await db.database.command('order', { tenantId: null, actor: 'spec' }, (tx) =>
      tx.execute(
        `UPDATE "order".order_intent SET totals = totals - 'total',
           line_items = jsonb_set(line_items, '{0,quantity}', '6.00') WHERE order_id = $1`,
        [written],
      ),
    );
    await run.apply([{ key: sent! }, { key: written! }]);
    const [one, other] = await db.database.read({ tenantId: null }, (tx) =>
      tx.query(
        `SELECT totals, line_items #- '{0,orderLineId}' AS lines FROM "order"."order" WHERE order_id = ANY($1::uuid[])`,
        [[sent, written]],
      ),
    );
    expect(other).toEqual(one);
    expect(one).toMatchObject({ totals: { total: 1530 }, lines: [{ quantity: '6' }] });
  });

  it('rejects lines that are none, and goes on with the others', async () => {
    const [bad, good] = await submitted(db, { orderIntentId: 'no-lines' }, { orderIntentId: 'lines' });
    await db.database.command('order', { tenantId: null, actor: 'spec' }, (tx) =>
      tx.execute(`UPDATE "order".order_intent SET line_items = '[null]' WHERE order_id = $1`, [bad]),
    );
    expect(await run.apply([{ key: bad! }, { key: good! }])).toMatchObject({ newlyParked: [] });
    expect(await intentOf(bad!)).toMatchObject({ state: 'rejected', reasons: [{ pointer: '/lineItems/0' }] });
    expect(await intentOf(good!)).toMatchObject({ state: 'accepted' });
  });

  it('asks the guards of modules under their own role, and lets their no be a rejection', async () => {
    const asked: string[] = [];
    const quota: IntentGuard = {
      name: 'quota',
      module: 'inventory',
      check: async (intents: readonly IntentFacts[], tx): Promise<Verdict[]> => {
        const [row] = await tx.query<{ role: string }>('SELECT current_user AS role');
        asked.push(row!.role);
        return intents.map(({ customerRef }) => {
          if (customerRef === 'held') return { kind: 'hold', message: 'looked at by a person' };
          if (customerRef === 'refused') return { kind: 'reject', httpStatus: 402, message: 'over its quota' };
          return { kind: 'allow' };
        });
      },
    };
    app.app.get(IngestPorts, { strict: false }).addGuard(quota);
    const refused = await ingest({ customerRef: 'refused' });
    const held = await ingest({ customerRef: 'held' });
    const allowed = await ingest({ customerRef: 'allowed' });
    expect(await intentOf(refused)).toMatchObject({ state: 'rejected', code: 'guard:quota', status: 402 });
    expect(await intentOf(held)).toMatchObject({ state: 'held', code: null });
    expect(await intentOf(allowed)).toMatchObject({ state: 'accepted', code: null });
    expect(new Set(asked)).toEqual(new Set(['orderkeel_mod_inventory']));
  });

  it('loses the whole acceptance when a hook fails, and nothing else', async () => {
    const ports = app.app.get(IngestPorts, { strict: false });
    const fails: AcceptanceHook = {
      name: 'fails',
      module: 'inventory',
      accepted: async (intents) => {
        if (intents.some(({ customerRef }) => customerRef === 'hook-fails')) throw new Error('the hook failed');
      },
    };
    ports.addHook(fails);
    const [bad, good] = await submitted(db, { customerRef: 'hook-fails' }, { customerRef: 'fine' });
    const { newlyParked } = await run.apply([{ key: bad! }, { key: good! }]);
    expect(newlyParked).toEqual([bad]);
    expect(await intentOf(bad!)).toMatchObject({ state: 'received' });
    expect(await intentOf(good!)).toMatchObject({ state: 'accepted' });
  });
});
