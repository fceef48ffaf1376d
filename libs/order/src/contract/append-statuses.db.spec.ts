import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, timeOfId } from '@orderkeel/platform';
import { aStoredOrder } from '../../../../test/builders/a-stored-order.js';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { appendStatuses, type NewStatus } from './append-statuses.js';

describe('appending to the history', () => {
  let db: MigratedDatabase;
  beforeAll(async () => {
    db = await migratedDatabase();
  });
  afterAll(() => db.drop());

  const append = (...statuses: NewStatus[]) => db.database.batch('order', 'spec', (tx) => appendStatuses(tx, statuses));
  const status = (orderId: string, causeId: string, payload = {}): NewStatus => {
    return { orderId, causeId, tenantId: null, statusCode: 'order:submitted', payload };
  };

  it('appends the same cause once, and refuses another effect of it', async () => {
    const { orderId } = await aStoredOrder(db);
    const [first] = await append(status(orderId, orderId));
    expect(await append(status(orderId, orderId), status(orderId, orderId))).toEqual([first, first]);
    await expect(append(status(orderId, orderId, { other: 1 }))).rejects.toMatchObject({ code: 'effect-conflict' });
  });

  it("stores an entry in its order's time, however old what caused it is", async () => {
    const causeId = newId(Date.now() - 7_200_000);
    const { orderId } = await aStoredOrder(db);
    const [id] = await append(status(orderId, causeId));
    expect(timeOfId(id!)).toBe(timeOfId(orderId));
  });
});
