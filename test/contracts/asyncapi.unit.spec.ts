import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { asyncApiDocument } from '@orderkeel/platform';
import { builtDeclarations } from '../../apps/server/src/built-modules.js';
import { faultsIn, recordChecks, type AsyncApi } from '../support/asyncapi-document.js';

const contracts = builtDeclarations.flatMap(({ publishes }) => publishes);
const file = readFileSync(new URL('../../docs/asyncapi.json', import.meta.url), 'utf8');
const document = JSON.parse(file) as AsyncApi;
const topics = { partitions: 4, retentionMs: 1000, replicationFactor: 1, maxRecordBytes: 2000 };
const settings = { version: '1', topicPrefix: 'shop', topics };

describe('the AsyncAPI document', () => {
  it('is valid AsyncAPI 3.1, and would be refused if it were not', () => {
    expect(document.asyncapi).toBe('3.1.0');
    expect(faultsIn(document)).toEqual([]);
    expect(faultsIn({ ...document, channels: { x: { address: 1 } } })).toContain(
      '/channels/x/address must be string,null',
    );
  });

  it('has a channel for each contract, named as the topic is', () => {
    const addresses = Object.values(document.channels).map(({ address }) => address);
    expect(addresses).toEqual(contracts.map(({ schema, table }) => `orderkeel.${schema}.${table}`));
    expect(Object.keys(document.channels)).toEqual(contracts.map(({ name }) => name));
  });

  it('says the partitions, the retention and the largest record that topics are made with', () => {
    const made = asyncApiDocument(contracts, { ...settings, brokers: null }) as AsyncApi;
    expect(made.channels['order.order']).toMatchObject({
      address: 'shop.order.order',
      bindings: { kafka: { partitions: 4, topicConfiguration: { 'retention.ms': 1000, 'max.message.bytes': 2000 } } },
    });
  });

  it.each(contracts.map((contract) => [contract.name, contract] as const))(
    'has the schema of %s, and an example that its message allows',
    (name, contract) => {
      const published = readFileSync(new URL(`../../docs/contracts/${name}.schema.json`, import.meta.url), 'utf8');
      expect(document.components.schemas[name]).toEqual({
        schemaFormat: 'application/schema+json;version=draft-2020-12',
        schema: JSON.parse(published) as object,
      });
      const check = recordChecks(document).get(`orderkeel.${contract.schema}.${contract.table}`)!;
      const { payload } = document.components.messages[`${name}.change`]!.examples[0]!;
      const key = { [contract.key]: contract.example[contract.key] };
      expect(check(key, payload)).toEqual([]);
      expect(check({}, payload)).toEqual([`key must have required property '${contract.key}'`]);
      expect(check(key, { ...payload, after: { id: 'x' } })).not.toEqual([]);
      expect(check(key, { ...payload, field_of_a_later_release: 1 })).toEqual([]);
    },
  );

  it('asks of a deleted row only who it was', () => {
    const check = recordChecks(document).get('orderkeel.inventory.reservation')!;
    const { payload } = document.components.messages['inventory.reservation.change']!.examples[0]!;
    const { id, order_id } = contracts.find(({ name }) => name === 'inventory.reservation')!.example;
    const deleted = { ...payload, op: 'd', before: { id, order_id, sku: '' }, after: null };
    expect(check({ order_id }, deleted)).toEqual([]);
    expect(check({ order_id }, { ...deleted, before: null })).not.toEqual([]);
  });

  it('has servers where changes go through Kafka, and says how they ask who comes', () => {
    const access = { brokers: ['a:1', 'b:2'], tls: true, authentication: 'SCRAM-SHA-512' as const };
    const made = asyncApiDocument(contracts, { ...settings, brokers: access }) as AsyncApi;
    expect(faultsIn(made)).toEqual([]);
    const security = [{ $ref: '#/components/securitySchemes/client' }];
    expect(made.servers).toEqual({
      'broker-1': { host: 'a:1', protocol: 'kafka-secure', security },
      'broker-2': { host: 'b:2', protocol: 'kafka-secure', security },
    });
    expect(made.components).toMatchObject({ securitySchemes: { client: { type: 'scramSha512' } } });
    expect(document.servers).toBeUndefined();
    expect(document.info.description).toContain('ORDERKEEL_CHANGES=kafka');
    expect(made.info.description).not.toContain('ORDERKEEL_CHANGES=kafka');
  });
});
