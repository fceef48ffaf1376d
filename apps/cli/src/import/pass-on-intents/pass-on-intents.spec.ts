import { describe, expect, it } from '@jest/globals';
import { importTexts, withModelServer } from '../testing/import-into.js';

function intent(orderIntentId: string, changes: object = {}): string {
  const lineItems = [{ sku: 'A', quantity: '2', unitPrice: 255, total: 510 }];
  const totals = { currency: 'GBP', subtotal: 510, tax: 0, shipping: 0, discounts: 0 };
  const names = { orderIntentId, sourceSystem: 'channel.web', customerRef: '1' };
  return JSON.stringify({ ...names, lineItems, totals, submittedAt: '2026-11-21T08:26:00Z', ...changes });
}

describe('importing NDJSON', () => {
  it('passes each line on and counts it by what the server says', async () => {
    const lines = [
      intent('1'),
      '{"a":',
      intent('2', { lineItems: 'none' }),
      intent('3'),
      intent('1'),
      intent('rejected'),
    ];
    await withModelServer(async (model, baseUrl) => {
      model.orders.rejects = (content) => content.includes('rejected');
      const summary = await importTexts(baseUrl, [lines.join('\n')]);
      expect(summary).toEqual({
        linesRead: 6,
        linesAccepted: 3,
        linesRefused: 3,
        refusedByReason: { 'intent-rejected': 1, 'invalid-request': 1, 'malformed-json': 1 },
        intents: 3,
        adjustments: 0,
        stockAdjustments: 0,
        value: { currency: 'GBP', file: '25.5', accepted: '15.3', refused: '10.2', rounding: '0' },
      });
      expect(await importTexts(baseUrl, [lines.join('\n')])).toEqual({ ...summary, intents: 0 });
    });
  });

  it('answers a key that comes again with other content as the second import of the file does', async () => {
    const lines = [intent('1'), intent('1', { customerRef: '2' })].join('\n');
    await withModelServer(async (_, baseUrl) => {
      const summary = await importTexts(baseUrl, [lines]);
      expect(summary).toMatchObject({ linesAccepted: 1, refusedByReason: { 'intent-already-accepted': 1 } });
      expect(await importTexts(baseUrl, [lines])).toEqual({ ...summary, intents: 0 });
    });
  });

  it('accepts a key that was rejected when it comes again with content that is not', async () => {
    const lines = [intent('1', { customerRef: 'unknown' }), intent('1')].join('\n');
    await withModelServer(async (model, baseUrl) => {
      model.orders.rejects = (content) => content.includes('unknown');
      expect(await importTexts(baseUrl, [lines])).toMatchObject({
        linesAccepted: 1,
        refusedByReason: { 'intent-rejected': 1 },
      });
    });
  });

  it('does not lose a batch because of one intent that the server cannot even read', async () => {
    const deep = intent('deep', { metadata: { x: [[[[[[1]]]]]] } });
    const lines = [intent('1'), intent('2'), deep, intent('3'), intent('4')].join('\n');
    await withModelServer(async (_, baseUrl) => {
      expect(await importTexts(baseUrl, [lines])).toMatchObject({
        intents: 4,
        refusedByReason: { 'invalid-request': 1 },
      });
    });
  });

  it('submits under another source system when one is named', async () => {
    await withModelServer(async (model, baseUrl) => {
      await importTexts(baseUrl, [intent('1')], { source: 'crm.other' });
      expect(JSON.stringify(model.orders.state())).toContain('crm.other 1');
    });
  });

  it('states the value of each currency', async () => {
    const yen = { currency: 'JPY', subtotal: 510, tax: 0, shipping: 0, discounts: 0 };
    await withModelServer(async (_, baseUrl) => {
      const { value, values } = await importTexts(baseUrl, [`${intent('1')}\n${intent('2', { totals: yen })}`]);
      expect(value).toMatchObject({ currency: 'GBP', accepted: '5.1' });
      expect(values).toEqual([value, expect.objectContaining({ currency: 'JPY', accepted: '510' })]);
    });
  });
});
