import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@orderkeel/platform';
import { aStoredOrder, type StoredOrder } from '../../../test/builders/a-stored-order.js';
import { migratedDatabase, type MigratedDatabase } from '../../../test/support/migrated-database.js';
import { ordersPerTransaction } from './product-transactions.js';
import { inTransaction, withConnections } from './raw-connections.js';

let db: MigratedDatabase;
let orders: StoredOrder[];
beforeAll(async () => {
  db = await migratedDatabase();
  orders = [await aStoredOrder(db), await aStoredOrder(db)];
});
afterAll(() => db.drop());

const status = ({ orderId }: StoredOrder, module: string) => ({
  text: `INSERT INTO "order".order_status_history (id, order_id, module, status_code, payload, recorded_at, written_by)
         VALUES ($1, $2, $3, $4, '{}', now(), 'spec')`,
  values: [newId(Date.now()), orderId, module, `${module}:seen`],
});

describe('a transaction that is sent at once', () => {
  it('is undone as a whole where a statement fails, and tells that failure', () =>
    withConnections(db.adminUrl, 1, async ([raw]) => {
      const marked = { text: 'CREATE TABLE public.mark ()' };
      const failing = { text: 'SELECT 1 / 0' };
      await expect(inTransaction(raw!, [marked, failing, marked])).rejects.toThrow('division by zero');
      await expect(inTransaction(raw!, [marked])).resolves.toHaveLength(1);
    }));
});

describe('orders in a transaction', () => {
  it('are counted by the transactions that wrote their statuses', () =>
    withConnections(db.adminUrl, 1, async ([raw]) => {
      const [one, other] = orders as [StoredOrder, StoredOrder];
      await inTransaction(raw!, [status(one, 'order'), status(other, 'order')]);
      await inTransaction(raw!, [status(one, 'inventory')]);
      await inTransaction(raw!, [status(other, 'inventory')]);
      const ids = orders.map(({ orderId }) => orderId);
      expect(await ordersPerTransaction(raw!, ids)).toEqual({ ingest: 2, reservation: 1 });
    }));
});
