import { z } from 'zod';
import type { TopicSettings } from '../change-stream/connector/topic-settings.js';
import { envelopeJson } from '../change-stream/envelope/envelope-json.js';
import type { Contract } from '../contract/contract.js';

/** The release of AsyncAPI's words for Kafka that is written. */
const BINDING_VERSION = '0.5.0';

/** A contract's topic as AsyncAPI shows it. */
export function channelOf(contract: Contract, topicPrefix: string, topics: TopicSettings): object {
  const { name, schema, table, key } = contract;
  const order = `Changes with the same ${key} share a partition and are in order; nothing else is.`;
  return {
    address: `${topicPrefix}.${schema}.${table}`,
    title: name,
    description: `Changes of the rows of ${schema}.${table}. ${order}`,
    messages: { change: { $ref: `#/components/messages/${name}.change` } },
    bindings: {
      kafka: {
        partitions: topics.partitions,
        replicas: topics.replicationFactor,
        topicConfiguration: {
          'cleanup.policy': ['delete'],
          'retention.ms': topics.retentionMs,
          'max.message.bytes': topics.maxRecordBytes,
        },
        bindingVersion: BINDING_VERSION,
      },
    },
  };
}

/** What a contract's topic holds: the key and value of a record, with an example. */
export function messageOf(contract: Contract, topicPrefix: string): object {
  const { name, row, key } = contract;
  const { $schema: _, ...column } = z.toJSONSchema(row.shape[key], { target: 'draft-7', io: 'input' });
  return {
    name: `${name}.change`,
    title: `A change of ${name}`,
    contentType: 'application/json',
    payload: { $ref: `#/components/schemas/${name}.change` },
    bindings: {
      kafka: {
        key: { type: 'object', required: [key], properties: { [key]: column }, additionalProperties: false },
        bindingVersion: BINDING_VERSION,
      },
    },
    examples: [{ name: 'inserted', summary: 'A row was inserted', payload: exampleOf(contract, topicPrefix) }],
  };
}

/** The contract's example, as Debezium tells of its insertion. */
function exampleOf({ schema, table, example }: Contract, topicPrefix: string): object {
  const text = envelopeJson({
    source: { topicPrefix, database: 'orderkeel' },
    op: 'c',
    schema,
    table,
    beforeJson: 'null',
    afterJson: JSON.stringify(example),
    snapshot: null,
    sourceTimeUs: 1_795_250_929_581_000,
    xid: 763,
    lsn: 25_802_280n,
    lastCommitLsn: 25_802_000n,
    origin: null,
    transactionOrder: { total: 1, inTable: 1 },
    emittedUs: 1_795_250_929_600_000,
  });
  return JSON.parse(text) as object;
}
