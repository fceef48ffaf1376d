/** How the topics of the contracts are made. */
export interface TopicSettings {
  readonly partitions: number;
  /** Milliseconds for which a topic keeps what was written. */
  readonly retentionMs: number;
  /** At most so many copies, and no more than there are brokers. */
  readonly replicationFactor: number;
}

const PREFIX = 'topic.creation.default';

/** What a connector says of its topics; where it says nothing, what the shipped one does. */
export function topicSettings(config: Readonly<Record<string, string>>): TopicSettings {
  const numberOf = (name: string, otherwise: number) => Number(config[`${PREFIX}.${name}`] ?? otherwise);
  return {
    partitions: numberOf('partitions', 12),
    retentionMs: numberOf('retention.ms', 14 * 24 * 60 * 60 * 1000),
    replicationFactor: numberOf('replication.factor', 3),
  };
}
