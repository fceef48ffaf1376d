import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const TRY_AGAIN_MS = 15;
/** How a frame of a reservation begins within the entry's JSON (interfaces 5). */
const RESERVATION = /"module":\s*"inventory"/;

/**
 * Follows an order's live timeline, from when the order is there, and gives when the reservation came, as `performance.now()`;
 * null when it has not come within `forMs`, be it that the order is not there or that its timeline stays silent.
 */
export async function followToReservation(url: string, orderId: string, forMs: number): Promise<number | null> {
  const signal = AbortSignal.timeout(forMs);
  try {
    for (;;) {
      await delay(TRY_AGAIN_MS, undefined, { signal });
      const request = get(`${url}/orders/${orderId}/timeline/events`, { agent: false, signal });
      const [answer] = (await once(request, 'response')) as [IncomingMessage];
      try {
        if (answer.statusCode === 200) return await reservationIn(answer);
      } finally {
        request.on('error', () => undefined);
        request.destroy();
      }
    }
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

async function reservationIn(answer: IncomingMessage): Promise<number> {
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) {
    text += chunk as string;
    if (RESERVATION.test(text)) return performance.now();
  }
  throw new Error('a live timeline ended before the reservation');
}
