import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anIntent } from '../../builders/an-intent.js';
import { Flow } from '../../support/flow.js';
import { until } from '../../support/until.js';

/** What HTTP takes of one intent; bytes. */
const LARGEST = 1024 * 1024;
const BACKORDERED = ['order:submitted', 'inventory:reservation_backordered'];

/** An intent as large as one may be, filled with what takes more room in a row, and again more in its envelope. */
function largest(filling: unknown): Record<string, unknown> {
  const orderIntentId = randomUUID();
  const filled = (times: number) =>
    anIntent({ orderIntentId, fields: { metadata: { filling: Array.from({ length: times }, () => filling) } } });
  const bytes = (times: number) => Buffer.byteLength(JSON.stringify(filled(times)));
  return filled(Math.floor((LARGEST - bytes(1)) / (bytes(2) - bytes(1))));
}

describe('rows as large as HTTP takes them', () => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await Flow.start();
  });
  afterAll(() => flow.stop());

  it.each([
    ['quotation marks', '"'.repeat(500)],
    ['emoji', '😀'.repeat(250)],
    ['numbers next to zero', 1e-20],
  ])('go all the way, full of %s', async (_what, filling) => {
    const { status, body } = await flow.call('POST', '/order-intents', largest(filling));
    expect(status).toBe(202);
    await flow.expectTimeline(body['orderId'] as string, BACKORDERED);
  });

  it('go all the way, a whole batch of them', async () => {
    const intents = Array.from({ length: 15 }, () => largest('😀'.repeat(250)));
    const { status, body } = await flow.call<{ results: { orderId: string }[] }>('POST', '/order-intents/batch', {
      intents,
    });
    expect(status).toBe(200);
    for (const { orderId } of body.results) {
      await until('it has been reserved', async () => (await flow.timeline(orderId)).length === 2);
    }
    await flow.expectQuiet();
  });
});
