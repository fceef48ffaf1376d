import { describe, expect, it } from '@jest/globals';
import { connectorFor } from './connector-for.js';
import { filledIn } from './fill-in.js';

const CONTRACTS = [{ schema: 'order', table: 'order', key: 'order_id' }];
const shipped = connectorFor(CONTRACTS, 'orderkeel');

function filled(values: Record<string, string>, namespace = 'orderkeel') {
  return filledIn('connector.json', shipped, CONTRACTS, { namespace, values });
}

describe('the connector that Kafka Connect gets', () => {
  it('is the file as it is where nothing depends on the place', () => {
    expect(filled({})).toEqual(shipped);
  });

  it("has the values of its place, in the file's order", () => {
    const { config } = filled({ 'database.port': '43211', 'database.sslmode': 'disable' });
    expect(config).toEqual({ ...shipped.config, 'database.port': '43211', 'database.sslmode': 'disable' });
    expect(Object.keys(config)).toEqual(Object.keys(shipped.config));
  });

  it('has the names of its namespace', () => {
    expect(filled({}, 'second')).toEqual(connectorFor(CONTRACTS, 'second'));
  });

  it("keeps names of the user's own", () => {
    const own = { name: 'mine', config: { ...shipped.config, 'slot.name': 'mine' } };
    const { name, config } = filledIn('connector.json', own, CONTRACTS, { namespace: 'second', values: {} });
    expect([name, config['slot.name'], config['publication.name']]).toEqual(['mine', 'mine', 'second_cdc']);
  });

  it.each([
    [{ 'decimal.handling.mode': 'precise' }, 'decimal.handling.mode is precise, and must be string'],
    [{ 'database.prot': '5432' }, 'database.prot is not a property of this connector'],
  ])('is refused with %j, which would make other events or means nothing', (values, refusal) => {
    expect(() => filled(values as Record<string, string>)).toThrow(refusal);
  });
});
