import { asyncApiDocument, type ConnectorSettings } from '@orderkeel/platform';
import { builtDeclarations } from '../built-modules.js';
import type { Configuration } from '../configuration/configuration.js';
import { version } from '../version.js';
import { brokersOf } from './brokers.js';

/** AsyncAPI of this installation's topics; without Kafka, of what they would be. */
export async function topicsDocument(
  configuration: Configuration,
  { topicPrefix, topics }: ConnectorSettings,
): Promise<object> {
  const contracts = builtDeclarations.flatMap(({ publishes }) => publishes);
  const brokers = configuration.changes === 'kafka' ? await shown(configuration) : null;
  return asyncApiDocument(contracts, { version: version(), topicPrefix, topics, brokers });
}

/** What others may know of how to get in. */
async function shown(configuration: Configuration) {
  const { tls, sasl } = configuration.kafkaAccess;
  const authentication = sasl?.mechanism ?? (tls?.cert === undefined ? 'none' : 'certificate');
  return { brokers: await brokersOf(configuration), tls: tls !== null, authentication } as const;
}
