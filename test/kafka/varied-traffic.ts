import type { Flow } from '../support/flow.js';

/** Source whose intents are refused, since it may name known SKUs only. */
export const STRICT_SOURCE = 'channel.strict';

/** Letters of several bytes, of two UTF-16 units, and what JSON must escape. */
const NAME = 'Grüße, "quoted" \\ 漢字 😀';
const AWKWARD = `${NAME}, tab\tline\nend \u0001 \u2028 \u007f`;
const MANY_LINES = 400;

/**
 * Everything that people do: receipts and counts, orders small and larger than PostgreSQL keeps in a row, refused ones, shortage,
 * adjustments, notes, cancellations, remarks of outsiders. Leaves the system at rest.
 */
export async function variedTraffic(flow: Flow): Promise<void> {
  const done = async (path: string, body: unknown) => {
    const answer = await flow.call<Record<string, unknown>>('POST', path, body);
    if (answer.status >= 300) throw new Error(`${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  await flow.receive('TRAFFIC-1', '1000.5');
  await done('/inventory/receipts', { sku: 'ß-漢-😀', location: 'main', quantity: '0.000001', reference: AWKWARD });
  const plain = await flow.submit({ lines: [{ sku: 'TRAFFIC-1', quantity: 2 }] });
  const rich = await flow.submit({
    customerRef: NAME,
    lines: [{ sku: 'ß-漢-😀', quantity: 3, unitPrice: 0 }],
    fields: {
      externalOrderId: '#1 😀',
      payloadHash: 'theirs',
      shippingAddress: { street: AWKWARD, floors: [-1, 0, 1.5, 1e-7, null, true] },
      billingAddress: {},
      metadata: { '': null, nested: { é: [[], {}, ''] }, large: Number.MAX_SAFE_INTEGER },
    },
  });
  const large = await flow.submit({
    lines: Array.from({ length: MANY_LINES }, (_, line) => ({ sku: `TRAFFIC-${line}`, quantity: 1 + line })),
    fields: { metadata: { text: Array.from({ length: 5000 }, (_, n) => `${n * 7919}`).join(AWKWARD.slice(0, 6)) } },
  });
  await flow.submit({ sourceSystem: STRICT_SOURCE, lines: [{ sku: 'NOBODY-KNOWS', quantity: 1 }] });
  await flow.expectQuiet();

  await done('/inventory/stock-adjustments', { sku: 'TRAFFIC-1', location: 'main', delta: '-0.5', reason: AWKWARD });
  await done('/inventory/stock-adjustments', { sku: 'TRAFFIC-1', location: 'main', counted: '7', reason: 'counted' });
  const { lineItems } = (await flow.call<{ lineItems: { orderLineId: string }[] }>('GET', `/orders/${large}`)).body;
  const fewer = { type: 'lineQuantity', orderLineId: lineItems[0]!.orderLineId, quantity: 0 };
  await done(`/orders/${large}/adjustments`, { reason: AWKWARD, changes: [fewer, { type: 'note', text: AWKWARD }] });
  await done(`/orders/${rich}/statuses`, { statusCode: 'manual:note', payload: { text: AWKWARD, none: null } });
  for (const order of [plain, large]) await done(`/orders/${order}/cancel`, { reason: AWKWARD });
  await flow.expectQuiet();
}
