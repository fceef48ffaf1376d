import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { timeOfId, type ModuleTx } from '@orderkeel/platform';
import { anIntent, type IntentWish } from '../../../../test/builders/an-intent.js';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { until } from '../../../../test/support/until.js';
import { validateIntent, type IntentContent } from './intent-content.js';
import type { SubmitOutcome } from './submit.decide.js';
import { submitIntents, submitNewIntents } from './submit-intents.js';

let db: MigratedDatabase;
beforeAll(async () => void (db = await migratedDatabase()));
afterAll(() => db.drop());

const TENANT = '01990000-0000-7000-8000-000000000001';

function content(wish: IntentWish): IntentContent {
  const validated = validateIntent(anIntent(wish));
  if ('faults' in validated) throw new Error(JSON.stringify(validated.faults));
  return validated.value;
}

const inOrder = <T>(work: (tx: ModuleTx) => Promise<T>, tenantId: string | null = null) =>
  db.database.command('order', { tenantId, actor: 'test' }, work);
const submit = (contents: IntentContent[], tenantId: string | null = null) =>
  inOrder((tx) => submitIntents(tx, contents), tenantId);
const stored = (orderIntentId: string) =>
  inOrder((tx) => tx.query(`SELECT * FROM "order".order_intent WHERE order_intent_id = $1`, [orderIntentId]));
const answer = (orderIntentId: string, state: string) =>
  inOrder((tx) =>
    tx.execute(`UPDATE "order".order_intent SET state = $2 WHERE order_intent_id = $1`, [orderIntentId, state]),
  );

/** Until another transaction of this database waits for a lock. */
const someoneWaits = (tx: ModuleTx) =>
  until('somebody waits for a lock', async () => (await tx.execute('SELECT FROM pg_locks WHERE NOT granted')) > 0);

describe('an intent that is submitted', () => {
  it('is stored as it was sent, normalised, under ids that carry its time', async () => {
    const wish = { orderIntentId: 'new', lines: [{ quantity: '6.00' }], fields: { metadata: { a: [1, 'é'] } } };
    const [outcome] = await submit([content(wish)]);
    const [row] = await stored('new');
    expect(outcome).toEqual({ verdict: 'received', id: row?.['id'], orderId: row?.['order_id'], state: 'received' });
    expect(row).toMatchObject({
      line_items: [{ sku: '85123A', quantity: '6', unitPrice: 255, total: 1530 }],
      totals: { currency: 'GBP', subtotal: 1530, total: 1530 },
      metadata: { a: [1, 'é'] },
      shipping_address: null,
      submitted_at: '2026-11-21T08:26:00.000000Z',
      content_hash: content(wish).contentHash,
      state: 'received',
    });
    expect(timeOfId(outcome!.id)).toBe(Date.parse(String(row?.['received_at'])));
    expect(timeOfId(outcome!.orderId)).toBe(timeOfId(outcome!.id));
  });

  it.each(['received', 'rejected', 'held', 'accepted'])('again with the same content is answered %s', async (state) => {
    const wish = { orderIntentId: `same-${state}` };
    const [first] = await submit([content(wish)]);
    if (state !== 'received') await answer(wish.orderIntentId, state);
    const [before] = await stored(wish.orderIntentId);
    expect(await submit([content(wish)])).toEqual([{ ...first, verdict: 'repeated', state }]);
    expect(await stored(wish.orderIntentId)).toEqual([before]);
  });

  it.each(['received', 'rejected', 'held'])('with other content replaces one that is %s', async (state) => {
    const orderIntentId = `other-${state}`;
    const [first] = await submit([content({ orderIntentId, fields: { metadata: {} } })]);
    if (state !== 'received') await answer(orderIntentId, state);
    const other = content({ orderIntentId, lines: [{ quantity: 7 }] });
    expect(await submit([other])).toEqual([{ ...first, verdict: 'replaced', state: 'received' }]);
    expect(await stored(orderIntentId)).toMatchObject([
      {
        id: first?.id,
        state: 'received',
        content_hash: other.contentHash,
        metadata: null,
        line_items: [{ quantity: '7' }],
      },
    ]);
  });

  it('with other content after acceptance is refused and changes nothing', async () => {
    const orderIntentId = 'accepted';
    const [first] = await submit([content({ orderIntentId })]);
    await answer(orderIntentId, 'accepted');
    const before = await stored(orderIntentId);
    expect(await submit([content({ orderIntentId, customerRef: 'other' })])).toEqual([
      { ...first, verdict: 'already-accepted', state: 'accepted' },
    ]);
    expect(await stored(orderIntentId)).toEqual(before);
  });

  it("is another intent than another tenant's, or another source's, of the same name", async () => {
    const outcomes = [
      ...(await submit([content({ orderIntentId: 'tenants' })])),
      ...(await submit([content({ orderIntentId: 'tenants' })], TENANT)),
      ...(await submit([content({ orderIntentId: 'tenants', sourceSystem: 'crm' })], TENANT)),
      ...(await submit([content({ orderIntentId: 'tenants' })], TENANT)),
    ];
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['received', 'received', 'received', 'repeated']);
    expect(new Set(outcomes.map(({ orderId }) => orderId)).size).toBe(3);
  });
});

describe('a batch of intents', () => {
  it('counts a key that comes twice as if sent one after the other', async () => {
    const [a, b] = [content({ orderIntentId: 'twice' }), content({ orderIntentId: 'twice', customerRef: 'other' })];
    const outcomes = await submit([a, content({ orderIntentId: 'between' }), b, b]);
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['received', 'received', 'replaced', 'repeated']);
    expect(await stored('twice')).toMatchObject([{ content_hash: b.contentHash }]);
    const again = await submit([b, a]);
    expect(again.map(({ verdict }) => verdict)).toEqual(['repeated', 'replaced']);
    expect(await stored('twice')).toMatchObject([{ content_hash: a.contentHash }]);
  });

  it('meets another one with the same keys in the opposite order, and each key is received once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const batch = Array.from({ length: 100 }, (_, n) => content({ orderIntentId: `met-${round}-${n}` }));
      const other = batch.map(({ orderIntentId }) => content({ orderIntentId, customerRef: 'other' })).reverse();
      const [ours, theirs] = await Promise.all([submit(batch), submit(other)]);
      const verdicts = [...ours.map(({ verdict }) => verdict), ...theirs.map(({ verdict }) => verdict)];
      expect(verdicts.filter((verdict) => verdict === 'received')).toHaveLength(100);
      expect(verdicts.filter((verdict) => verdict === 'replaced')).toHaveLength(100);
    }
  });

  it('queues behind one that is under way instead of deadlocking with it, since both go by key', async () => {
    const [a, z] = [content({ orderIntentId: 'queue-a' }), content({ orderIntentId: 'queue-z' })];
    let attempts = 0;
    const count = (work: (tx: ModuleTx) => Promise<SubmitOutcome[]>) =>
      inOrder((tx) => {
        attempts += 1;
        return work(tx);
      });
    let behind: Promise<SubmitOutcome[]> | undefined;
    await count(async (tx) => {
      await submitIntents(tx, [a]);
      behind ??= count((other) => submitIntents(other, [z, a]));
      await someoneWaits(tx);
      return submitIntents(tx, [z]);
    });
    expect(await behind).toMatchObject([{ verdict: 'repeated' }, { verdict: 'repeated' }]);
    expect(attempts).toBe(2);
  });

  it('waits for an ingest that holds an intent, and is refused when that accepted it', async () => {
    const orderIntentId = 'ingested';
    await submit([content({ orderIntentId })]);
    let submitted: ReturnType<typeof submit> | undefined;
    await inOrder(async (tx) => {
      await tx.query(`SELECT 1 FROM "order".order_intent WHERE order_intent_id = $1 FOR UPDATE`, [orderIntentId]);
      submitted = submit([content({ orderIntentId, customerRef: 'other' })]);
      await someoneWaits(tx);
      await tx.execute(`UPDATE "order".order_intent SET state = 'accepted' WHERE order_intent_id = $1`, [
        orderIntentId,
      ]);
    });
    expect(await submitted).toMatchObject([{ verdict: 'already-accepted' }]);
  });

  it('of which only the new ones are wanted waits for nobody who holds a known one', async () => {
    await submit([content({ orderIntentId: 'held by another' })]);
    await inOrder(async (tx) => {
      await tx.query(`SELECT 1 FROM "order".order_intent WHERE order_intent_id = 'held by another' FOR UPDATE`);
      const both = ['held by another', 'new beside it'].map((orderIntentId) => content({ orderIntentId }));
      const outcomes = await inOrder((other) => submitNewIntents(other, both));
      expect(outcomes).toMatchObject([undefined, { verdict: 'received' }]);
    });
    expect(await stored('new beside it')).toHaveLength(1);
  });
});
