import type { TopicSettings } from '../change-stream/connector/topic-settings.js';
import { jsonSchemaOf } from '../contract/json-schema.js';
import type { Contract } from '../contract/contract.js';
import { changeSchemaOf, formatted, SHARED_SCHEMAS } from './change-schema.js';
import { serversOf, type BrokerAccess } from './servers.js';
import { channelOf, messageOf } from './topic-channel.js';

/** What the document tells of an installation. */
export interface AsyncApiSettings {
  /** The program's version. */
  readonly version: string;
  readonly topicPrefix: string;
  readonly topics: TopicSettings;
  /** Where the topics are; null: there are none unless changes go through Kafka. */
  readonly brokers: BrokerAccess | null;
}

const DESCRIPTION = [
  'Every change of a published table, as Debezium writes it to Kafka: one topic per table.',
  'A topic holds what its retention has left; what was before is in the tables and at the HTTP interface.',
  'Records come at least once: tell repetitions by the id of the row, and where rows are updated by `source.lsn` too.',
].join(' ');

const EMBEDDED =
  'Where an installation reads its changes itself, without Kafka, these topics are what there would be with ORDERKEEL_CHANGES=kafka.';

/**
 * AsyncAPI 3.1 of the topics that outside consumers may read: a channel for each contract, its messages by the contract's own
 * JSON Schema within Debezium's envelope.
 */
export function asyncApiDocument(contracts: readonly Contract[], settings: AsyncApiSettings): object {
  const { version, topicPrefix, topics, brokers } = settings;
  return {
    asyncapi: '3.1.0',
    id: 'urn:orderkeel:changes',
    info: {
      title: 'Changes of Orderkeel',
      version,
      description: brokers ? DESCRIPTION : `${DESCRIPTION}\n\n${EMBEDDED}`,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    ...(brokers && { servers: serversOf(brokers).servers }),
    channels: byName(
      contracts,
      ({ name }) => name,
      (contract) => channelOf(contract, topicPrefix, topics),
    ),
    operations: byName(
      contracts,
      ({ name }) => `send.${name}`,
      ({ name }) => ({
        action: 'send',
        channel: { $ref: `#/channels/${name}` },
        summary: `Orderkeel tells of the changes of ${name}`,
      }),
    ),
    components: {
      schemas: {
        ...byName(
          contracts,
          ({ name }) => name,
          (contract) => formatted(jsonSchemaOf(contract)),
        ),
        ...byName(
          contracts,
          ({ name }) => `${name}.change`,
          (contract) => formatted(changeSchemaOf(contract)),
        ),
        ...Object.fromEntries(Object.entries(SHARED_SCHEMAS).map(([name, schema]) => [name, formatted(schema)])),
      },
      messages: byName(
        contracts,
        ({ name }) => `${name}.change`,
        (contract) => messageOf(contract, topicPrefix),
      ),
      ...(brokers && serversOf(brokers).securitySchemes),
    },
  };
}

function byName(
  contracts: readonly Contract[],
  nameOf: (contract: Contract) => string,
  entryOf: (contract: Contract) => object,
): Record<string, object> {
  return Object.fromEntries(contracts.map((contract) => [nameOf(contract), entryOf(contract)]));
}
