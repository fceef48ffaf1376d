import { HttpClient } from '../load/http-client.js';
import { ALL_SKUS, skusOf } from '../load/intents.js';

const PLENTY = 1_000_000_000;

/** Receives so much of every SKU; unless something else is said, so much that no order of a benchmark is short. */
export async function receiveStock(url: string, skus = skusOf(ALL_SKUS), quantity = PLENTY): Promise<void> {
  const client = new HttpClient(url);
  const receipts = skus.map((sku) => ({ sku, location: 'main', quantity }));
  const { results } = await client.postExpecting<{ results: { status: number }[] }>(200, '/inventory/receipts/batch', {
    receipts,
  });
  client.close();
  if (results.some(({ status }) => status !== 201)) throw new Error('not all stock was received');
}
