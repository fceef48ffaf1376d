import type { SourceContext, SourceSettings } from '../change-source/source-context.js';
import type { TopicSettings } from '../change-stream/connector/topic-settings.js';
import type { Contract } from '../contract/contract.js';
import type { KafkaAccess } from './kafka-access.js';

/** What the Kafka source must be told. */
export interface KafkaSettings extends SourceSettings {
  /** `host:port` of some brokers, to begin with. */
  readonly brokers: readonly string[];
  readonly access: KafkaAccess;
  readonly topics: TopicSettings;
}

/** All that the parts of the Kafka source share. */
export type KafkaContext = SourceContext<KafkaSettings>;

/** The topic of a contract's changes. */
export function topicOf({ settings: { topicPrefix } }: KafkaContext, { schema, table }: Contract): string {
  return `${topicPrefix}.${schema}.${table}`;
}
