import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migratedDatabase, type MigratedDatabase } from '../../../test/support/migrated-database.js';
import { moduleOverHttp, type ModuleOverHttp } from '../../../test/support/module-over-http.js';
import { CommerceCoreModule } from './index.js';

let db: MigratedDatabase;
let http: ModuleOverHttp;

beforeAll(async () => {
  db = await migratedDatabase();
  http = await moduleOverHttp([CommerceCoreModule], db.database);
});
afterAll(async () => {
  await http.close();
  await db.drop();
});

async function call(method: string, path: string, content?: unknown) {
  const { status, body } = await http.call(method, path, content);
  return { status, body };
}
const put = (path: string, body: unknown) => call('PUT', path, body);
const get = (path: string) => call('GET', path);

describe('PUT and GET of one', () => {
  it('creates with 201, and answers 200 with the same body when put again', async () => {
    const first = await put('/customers/17850', { name: 'Anna' });
    expect(first).toEqual({
      status: 201,
      body: { customerRef: '17850', name: 'Anna', createdAt: expect.any(String), updatedAt: expect.any(String) },
    });
    expect(await put('/customers/17850', { name: 'Anna' })).toEqual({ ...first, status: 200 });
    expect(await get('/customers/17850')).toEqual({ ...first, status: 200 });
  });

  it('replaces the whole: what is not given is gone', async () => {
    await put('/customers/whole', { name: 'Anna' });
    expect((await put('/customers/whole', {})).body).not.toHaveProperty('name');
  });

  it('takes names with any characters, up to 200 of them', async () => {
    for (const ref of ['a/b c%2F', '日本📦'.repeat(50), 'x'.repeat(200), '?#&=+', 'e\u0301']) {
      const path = `/customers/${encodeURIComponent(ref)}`;
      expect(await put(path, {})).toMatchObject({ status: 201, body: { customerRef: ref } });
      expect(await get(path)).toMatchObject({ status: 200, body: { customerRef: ref } });
    }
    expect(await put(`/customers/${'x'.repeat(201)}`, {})).toMatchObject({
      status: 400,
      body: { errors: [{ parameter: 'customerRef', code: 'too-long' }] },
    });
    expect(await put('/customers/a%00b', {})).toMatchObject({ status: 400 });
  });

  it('gives a SKU the policy backorder unless it says otherwise', async () => {
    await put('/products/lamp', { name: 'Lamp' });
    const answer = { sku: 'LAMP-1', productId: 'lamp', stockPolicy: 'backorder' };
    expect(await put('/skus/LAMP-1', { productId: 'lamp' })).toMatchObject({ status: 201, body: answer });
    const untracked = { productId: 'lamp', stockPolicy: 'untracked' };
    expect(await put('/skus/LAMP-1', untracked)).toMatchObject({ status: 200, body: { ...answer, ...untracked } });
  });

  it('answers 404 for what is not there', async () => {
    for (const path of ['/customers/none', '/products/none', '/skus/none']) {
      expect(await get(path)).toMatchObject({ status: 404, body: { type: 'urn:orderkeel:problem:not-found' } });
    }
  });
});

describe('what is refused', () => {
  it('names the field: unknown product, unknown field, missing name, unknown policy, no object', async () => {
    const faults = async (path: string, body: unknown) => {
      const { status, body: problem } = await put(path, body);
      return [
        status,
        (problem['errors'] as { pointer: string; code: string }[]).map(({ pointer, code }) => [pointer, code]),
      ];
    };
    expect(await faults('/skus/NEW', { productId: 'nope' })).toEqual([400, [['/productId', 'unknown-product']]]);
    expect(await faults('/customers/c', { nome: 'x' })).toEqual([400, [['/nome', 'unknown-field']]]);
    expect(await faults('/products/p', {})).toEqual([400, [['/name', 'required']]]);
    expect(await faults('/skus/NEW', { productId: 'lamp', stockPolicy: 'refuse' })).toEqual([
      400,
      [['/stockPolicy', 'not-allowed']],
    ]);
    expect(await faults('/customers/c', null)).toEqual([400, [['', 'wrong-type']]]);
    expect((await get('/skus/NEW')).status).toBe(404);
  });

  it('is a batch as a whole, with the place in it', async () => {
    const skus = [
      { sku: 'B1', productId: 'lamp' },
      { sku: 'B2', productId: 'nope' },
    ];
    expect(await put('/skus/batch', { skus })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/skus/1/productId', code: 'unknown-product' }] },
    });
    expect((await get('/skus/B1')).status).toBe(404);
    expect(await put('/customers/batch', { customers: [] })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/customers', code: 'too-few' }] },
    });
    expect((await put('/customers/batch', { customers: Array(1001).fill({ customerRef: 'x' }) })).status).toBe(400);
  });
});

describe('the batch routes', () => {
  it('put up to a thousand and count what became of them', async () => {
    const products = Array.from({ length: 1000 }, (_, index) => ({ productId: `P${index}`, name: 'x' }));
    expect(await put('/products/batch', { products })).toEqual({
      status: 200,
      body: { created: 1000, updated: 0, unchanged: 0 },
    });
    const skus = products.map(({ productId }) => ({ sku: `S-${productId}`, productId, name: 'x' }));
    expect((await put('/skus/batch', { skus })).body).toEqual({ created: 1000, updated: 0, unchanged: 0 });
    expect((await put('/skus/batch', { skus })).body).toEqual({ created: 0, updated: 0, unchanged: 1000 });
  });

  it('are the way to put a customer that is called batch, and it is read like any other', async () => {
    expect((await put('/customers/batch', { customers: [{ customerRef: 'batch', name: 'Batch Ltd' }] })).status).toBe(
      200,
    );
    expect(await get('/customers/batch')).toMatchObject({ status: 200, body: { name: 'Batch Ltd' } });
  });
});

describe('the lists', () => {
  it('go through everything in pages, each once, and refuse a cursor of another list', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await get(`/products?limit=200${cursor && `&cursor=${cursor}`}`);
      seen.push(...(body['items'] as { productId: string }[]).map(({ productId }) => productId));
      cursor = (body['nextCursor'] as string | null) ?? '';
      if (cursor) expect((await get(`/skus?cursor=${cursor}`)).status).toBe(400);
    } while (cursor);
    expect(seen).toHaveLength(1001);
    expect(new Set(seen).size).toBe(1001);
    expect((await get('/products?limit=201')).status).toBe(400);
  });
});
