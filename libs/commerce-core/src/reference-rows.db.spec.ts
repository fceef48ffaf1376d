import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Caller, ModuleTx } from '@orderkeel/platform';
import { migratedDatabase, type MigratedDatabase } from '../../../test/support/migrated-database.js';
import { knownCustomers, knownSkus } from './contract/index.js';
import { customersAfter, findCustomer, putCustomers } from './keep-customers/customers.store.js';
import { findProduct, putProducts } from './keep-products/products.store.js';
import { findSku, putSkus, skusAfter } from './keep-skus/skus.store.js';

const shared: Caller = { tenantId: null, actor: 'test' };
const [a, b]: [Caller, Caller] = [
  { tenantId: '0199aaaa-0000-7000-8000-00000000000a', actor: 'test' },
  { tenantId: '0199aaaa-0000-7000-8000-00000000000b', actor: 'test' },
];

let db: MigratedDatabase;
beforeAll(async () => {
  db = await migratedDatabase();
});
afterAll(() => db.drop());

function write<T>(caller: Caller, work: (tx: ModuleTx) => Promise<T>): Promise<T> {
  return db.database.command('commerce-core', caller, work);
}

describe('customers, products and SKUs', () => {
  it('are created once, updated when they differ, and left untouched when they are put again', async () => {
    const put = (name: string) => write(shared, (tx) => putCustomers(tx, [{ customerRef: 'C1', name }]));
    expect(await put('Anna')).toEqual({ created: 1, updated: 0, unchanged: 0 });
    const before = await db.database.read(shared, (tx) => findCustomer(tx, 'C1'));
    expect(await put('Anna')).toEqual({ created: 0, updated: 0, unchanged: 1 });
    expect(await db.database.read(shared, (tx) => findCustomer(tx, 'C1'))).toEqual(before);
    expect(await put('Berta')).toEqual({ created: 0, updated: 1, unchanged: 0 });
    expect(await db.database.read(shared, (tx) => findCustomer(tx, 'C1'))).toMatchObject({
      customerRef: 'C1',
      name: 'Berta',
      createdAt: before?.createdAt,
    });
  });

  it('are put in sets of which the later of two with one name wins', async () => {
    const products = Array.from({ length: 1000 }, (_, index) => ({ productId: `P${index}`, name: `Product ${index}` }));
    const again = { productId: 'P7', name: 'Later' };
    expect(await write(shared, (tx) => putProducts(tx, [...products, again]))).toEqual({
      created: 1000,
      updated: 0,
      unchanged: 0,
    });
    expect(await write(shared, (tx) => putProducts(tx, products))).toEqual({ created: 0, updated: 1, unchanged: 999 });
  });

  it('keep case and every character of their names', async () => {
    const refs = ['ab', 'AB', 'a/b c%2F', '日本 📦', "o'clock", '.'];
    await write(shared, (tx) =>
      putCustomers(
        tx,
        refs.map((customerRef) => ({ customerRef })),
      ),
    );
    for (const ref of refs) {
      expect(await db.database.read(shared, (tx) => findCustomer(tx, ref))).toMatchObject({ customerRef: ref });
    }
    expect(await db.database.read(shared, (tx) => findCustomer(tx, 'aB'))).toBeUndefined();
  });

  it('are all refused when one SKU names a product that is not there', async () => {
    await write(shared, (tx) => putProducts(tx, [{ productId: 'Lamp', name: 'Lamp' }]));
    const result = await write(shared, (tx) =>
      putSkus(tx, [
        { sku: 'LAMP-1', productId: 'Lamp', stockPolicy: 'backorder' },
        { sku: 'LAMP-2', productId: 'Lump', stockPolicy: 'backorder' },
      ]),
    );
    expect(result).toEqual({ unknownProducts: [1] });
    expect(await db.database.read(shared, (tx) => findSku(tx, 'LAMP-1'))).toBeUndefined();
  });

  it('are listed by name, page by page, each once', async () => {
    await write(b, (tx) =>
      putCustomers(
        tx,
        ['z3', 'z1', 'z2'].map((customerRef) => ({ customerRef })),
      ),
    );
    await write(shared, (tx) =>
      putCustomers(
        tx,
        ['z1', 'z4'].map((customerRef) => ({ customerRef, name: 'shared' })),
      ),
    );
    const page = (after: string) => db.database.read(b, (tx) => customersAfter(tx, [after], 2));
    expect((await page('z0')).map(({ customerRef }) => customerRef)).toEqual(['z1', 'z2']);
    expect(await page('z2')).toMatchObject([{ customerRef: 'z3' }, { customerRef: 'z4', name: 'shared' }]);
  });

  it('are locked in order of their names, so that two writers never wait for each other', async () => {
    const [first, second] = [
      { productId: 'W1', name: 'a' },
      { productId: 'W2', name: 'a' },
    ] as const;
    await write(shared, (tx) => putProducts(tx, [first, second]));
    const lock = 'SELECT FROM core.product WHERE product_ref = $1 FOR UPDATE NOWAIT';
    const other = await write(shared, async (tx) => {
      await tx.query(lock, ['W1']);
      const waiting = write(shared, (another) => putProducts(another, [second, first]));
      await untilSomebodyWaits(tx);
      await tx.query(lock, ['W2']);
      return { waiting };
    });
    expect(await other.waiting).toEqual({ created: 0, updated: 0, unchanged: 2 });
  });
});

/** Until another transaction of this database waits for a lock; says so when none does. */
async function untilSomebodyWaits(tx: ModuleTx): Promise<void> {
  const deadline = Date.now() + 10_000;
  const waiting = `SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database()`;
  while ((await tx.query(waiting)).length === 0) {
    if (Date.now() > deadline) throw new Error('no transaction has come to wait for a lock within 10 s');
  }
}

describe('a tenant', () => {
  it('sees its own row before the shared one, and nothing of other tenants', async () => {
    await write(shared, (tx) => putProducts(tx, [{ productId: 'T', name: 'shared' }]));
    await write(a, (tx) => putProducts(tx, [{ productId: 'T', name: 'of a' }]));
    await write(a, (tx) => putSkus(tx, [{ sku: 'T-1', productId: 'T', stockPolicy: 'untracked' }]));
    const names = [shared, a, b].map((caller) => db.database.read(caller, (tx) => findProduct(tx, 'T')));
    expect((await Promise.all(names)).map((product) => product?.name)).toEqual(['shared', 'of a', 'shared']);
    expect(await db.database.read(b, (tx) => skusAfter(tx, ['T'], 10))).toEqual([]);
    expect(await db.database.read(a, (tx) => findSku(tx, 'T-1'))).toMatchObject({ stockPolicy: 'untracked' });
  });

  it('knows its own and the shared names, asked for by order under its own role', async () => {
    await write(shared, (tx) => putCustomers(tx, [{ customerRef: 'K-shared' }]));
    await write(a, (tx) => putCustomers(tx, [{ customerRef: 'K-a' }]));
    const wanted = [null, a.tenantId, b.tenantId].flatMap((tenantId) =>
      ['K-shared', 'K-a', 'K-none'].map((ref) => ({ tenantId, ref })),
    );
    const known = await db.database.command('order', shared, (tx) => knownCustomers(tx, wanted));
    expect(wanted.map(({ tenantId, ref }) => known.has(tenantId, ref))).toEqual(
      [true, false, false].concat([true, true, false], [true, false, false]),
    );
    const skus = await db.database.command('order', shared, (tx) =>
      knownSkus(
        tx,
        [a, b].map(({ tenantId }) => ({ tenantId, ref: 'T-1' })),
      ),
    );
    expect([a, b].map(({ tenantId }) => skus.has(tenantId, 'T-1'))).toEqual([true, false]);
  });
});

describe('the currencies in the database', () => {
  it('are those of the contract, without an exponent where there is none', async () => {
    const rows = await write(shared, (tx) =>
      tx.query(`SELECT code, exponent, name FROM core.currency WHERE code IN ('GBP', 'XAU', 'UYW') ORDER BY code`),
    );
    expect(rows).toEqual([
      { code: 'GBP', exponent: 2, name: 'Pound Sterling' },
      { code: 'UYW', exponent: 4, name: 'Unidad Previsional' },
      { code: 'XAU', exponent: null, name: 'Gold' },
    ]);
  });
});
