import { HttpClient } from '../load/http-client.js';
import { SKU_COUNT, skuOf } from '../load/intents.js';

const PLENTY = 1_000_000_000;

/** Receives so much of every SKU that no order of a benchmark is short. */
export async function receiveStock(url: string): Promise<void> {
  const client = new HttpClient(url);
  const receipts = Array.from({ length: SKU_COUNT }, (_, nth) => ({
    sku: skuOf(nth),
    location: 'main',
    quantity: PLENTY,
  }));
  const { results } = await client.postExpecting<{ results: { status: number }[] }>(200, '/inventory/receipts/batch', {
    receipts,
  });
  client.close();
  if (results.some(({ status }) => status !== 201)) throw new Error('not all stock was received');
}
