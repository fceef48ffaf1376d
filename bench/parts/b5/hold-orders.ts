import { HttpClient } from '../../load/http-client.js';

/** Two pages of them. */
const HELD = 100;

/** Puts a blocking entry on some of the orders, so that the board of blocking entries has something to show. */
export async function holdOrders(url: string, orderIds: readonly string[]): Promise<void> {
  const client = new HttpClient(url);
  for (const orderId of orderIds.slice(0, HELD))
    await client.postExpecting(201, `/orders/${orderId}/statuses`, { statusCode: 'manual:hold', payload: {} });
  client.close();
}
