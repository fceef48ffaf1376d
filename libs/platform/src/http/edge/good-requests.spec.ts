import { describe, expect, it } from '@jest/globals';
import { useSampleApp } from '../testing/sample-client.js';

const app = useSampleApp();
const ID = '0199aaaa-0000-7000-8000-00000000000f';
const good = { key: 'k', quantity: 2, price: 5 };

describe('a request that is as it should be', () => {
  it('reaches its route with normalised values', async () => {
    const answer = await app.send('POST', '/intents', JSON.stringify({ ...good, quantity: '2.50' }));
    expect(answer).toMatchObject({ status: 202, body: { id: ID, quantity: '2.5' } });
  });

  it('may name a charset', async () => {
    const type = { 'content-type': 'application/json; charset=utf-8' };
    expect(await app.send('POST', '/intents', JSON.stringify(good), type)).toMatchObject({ status: 202 });
  });

  it('pages through a list with the cursor that it was given', async () => {
    const first = await app.send('GET', '/intents?limit=2');
    expect(first.body).toMatchObject({ items: [{ sku: 'S1' }, { sku: 'S2' }] });
    const second = await app.send('GET', `/intents?limit=1&cursor=${String(first.body['nextCursor'])}`);
    expect(second.body).toMatchObject({ items: [{ sku: 'S3' }] });
  });

  it('answers HEAD without a body and OPTIONS with what the path has', async () => {
    expect(await app.send('HEAD', '/intents')).toMatchObject({ status: 200, body: '' });
    const options = await app.send('OPTIONS', '/intents');
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST']);
  });
});
