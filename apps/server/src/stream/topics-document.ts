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
  const brokers =
    configuration.changes === 'kafka'
      ? { brokers: await brokersOf(configuration), tls: false, authentication: 'none' as const }
      : null;
  return asyncApiDocument(contracts, { version: version(), topicPrefix, topics, brokers });
}
