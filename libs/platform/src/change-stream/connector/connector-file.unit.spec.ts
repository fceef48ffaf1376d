import { describe, expect, it } from '@jest/globals';
import { connectorSettings } from './connector-file.js';
import { connectorFor } from './connector-for.js';

const CONTRACTS = [
  { schema: 'order', table: 'order_intent', key: 'order_id' },
  { schema: 'order', table: 'order', key: 'order_id' },
  { schema: 'inventory', table: 'stock', key: 'sku' },
  { schema: 'inventory', table: 'reservation', key: 'order_id' },
  { schema: 'inventory', table: 'receipt', key: 'id' },
];
const shipped = connectorFor(CONTRACTS, 'orderkeel');

/** The shipped file with some properties changed; undefined takes one out. */
function withChanges(changes: Record<string, string | undefined>): ReturnType<typeof connectorSettings> {
  const entries = Object.entries({ ...shipped.config, ...changes }).filter(([, value]) => value !== undefined);
  const config = Object.fromEntries(entries) as Record<string, string>;
  return connectorSettings('connector.json', { name: 'orderkeel', config }, CONTRACTS, 'orderkeel');
}

describe('the connector of some contracts', () => {
  it('lists tables by schema, and keys where they are not the primary key', () => {
    expect(shipped.config['table.include.list']).toBe(
      'order\\.(order_intent|order),inventory\\.(stock|reservation|receipt)',
    );
    expect(shipped.config['message.key.columns']).toBe(
      'order\\.(order_intent|order):order_id;inventory\\.stock:sku;inventory\\.reservation:order_id',
    );
  });

  it('names slot, publication and login by the namespace', () => {
    const { name, config } = connectorFor(CONTRACTS, 'second');
    expect([name, config['slot.name'], config['publication.name'], config['database.user']]).toEqual([
      'second',
      'second_cdc',
      'second_cdc',
      'second_cdc',
    ]);
  });
});

describe('a connector file', () => {
  it('gives slot, publication, prefix, tables and topics, and warns of nothing as it is shipped', () => {
    expect(withChanges({})).toEqual({
      slot: 'orderkeel_cdc',
      publication: 'orderkeel_cdc',
      topicPrefix: 'orderkeel',
      tables: CONTRACTS.map(({ schema, table, key }) => ({ schema, table, keyColumns: [key] })),
      topics: { partitions: 12, retentionMs: 1_209_600_000, replicationFactor: 3, maxRecordBytes: 8_388_608 },
      warnings: [],
    });
  });

  it('moves the shipped names to another namespace, and keeps names of its own', () => {
    const config = { ...shipped.config, 'slot.name': 'mine' };
    const settings = connectorSettings('connector.json', { name: 'x', config }, CONTRACTS, 'second');
    expect([settings.slot, settings.publication]).toEqual(['mine', 'second_cdc']);
  });

  it.each([
    ['snapshot.mode', 'no_data'],
    ['heartbeat.interval.ms', '0'],
    ['transforms.unwrap.type', 'io.debezium.transforms.ExtractNewRecordState'],
    ['database.hostname', 'db.example'],
    ['topic.creation.default.partitions', '24'],
  ])('warns that %s means nothing to the embedded reader', (property, value) => {
    expect(withChanges({ [property]: value }).warnings).toEqual([`${property} means nothing to the embedded reader`]);
  });

  it('takes the own properties of a named converter', () => {
    expect(() => withChanges({ converters: 'geo', 'geo.type': 'x' })).not.toThrow();
  });

  it.each([
    [{ 'plugin.name': 'decoderbufs' }, 'plugin.name is decoderbufs, and must be pgoutput'],
    [{ 'plugin.name': undefined }, 'plugin.name is not set, and must be pgoutput'],
    [{ 'decimal.handling.mode': 'precise' }, 'decimal.handling.mode is precise, and must be string'],
    [{ 'slot.drop.on.stop': 'true' }, 'slot.drop.on.stop is true, and must be false'],
    [
      { 'topic.creation.default.partitions': 'many' },
      'topic.creation.default.partitions is many, and must be a number of partitions',
    ],
    [
      { 'topic.creation.default.retention.ms': '2 weeks' },
      'topic.creation.default.retention.ms is 2 weeks, and must be milliseconds, or -1 for ever',
    ],
    [{ 'column.exclude.list': 'order.order.note' }, 'column.exclude.list must not be set'],
    [{ 'slot.nmae': 'x' }, 'slot.nmae is not a property of this connector'],
    [{ 'slot.name': undefined }, 'slot.name is not set'],
    [{ 'table.include.list': 'order\\.(order_intent|order),inventory\\..*' }, null],
    [
      { 'table.include.list': 'order\\.(order_intent|order),inventory\\.stock' },
      'table.include.list lacks inventory.reservation',
    ],
    [
      { 'table.include.list': `${shipped.config['table.include.list']},core\\.sku` },
      'table.include.list names core.sku, which is no contract',
    ],
    [
      { 'table.include.list': `${shipped.config['table.include.list']},core\\..*` },
      'names core\\..*, which is no contract',
    ],
    [{ 'message.key.columns': 'order\\..*:id' }, 'message.key.columns keys order.order by id, not by order_id'],
    [
      { 'message.key.columns': `${shipped.config['message.key.columns']};core\\.sku:sku` },
      'message.key.columns names core.sku, which is no contract',
    ],
  ])('with %j says: %s', (changes: Record<string, string | undefined>, refusal) => {
    if (refusal === null) expect(() => withChanges(changes)).not.toThrow();
    else expect(() => withChanges(changes)).toThrow(refusal);
  });
});
