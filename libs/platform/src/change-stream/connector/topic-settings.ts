/** How the topics of the contracts are made. */
export interface TopicSettings {
  readonly partitions: number;
  /** Milliseconds for which a topic keeps what was written; -1: for ever. */
  readonly retentionMs: number;
  /** At most so many copies, and no more than there are brokers. */
  readonly replicationFactor: number;
  /** Bytes of the largest record that a topic takes. */
  readonly maxRecordBytes: number;
}

type Properties = Readonly<Record<string, string>>;

const PARTITIONS = 'topic.creation.default.partitions';
const RETENTION = 'topic.creation.default.retention.ms';
const COPIES = 'topic.creation.default.replication.factor';
const LARGEST = 'topic.creation.default.max.message.bytes';
const FORMS: ReadonlyMap<string, { readonly form: RegExp; readonly words: string }> = new Map([
  [PARTITIONS, { form: /^[1-9]\d{0,5}$/, words: 'a number of partitions' }],
  [RETENTION, { form: /^(-1|\d{1,15})$/, words: 'milliseconds, or -1 for ever' }],
  [COPIES, { form: /^[1-9]\d?$/, words: 'a number of copies' }],
  [LARGEST, { form: /^[1-9]\d{0,9}$/, words: 'bytes' }],
]);

/** What a connector says of its topics; where it says nothing, what the shipped one does. */
export function topicSettings(config: Properties): TopicSettings {
  return {
    partitions: Number(config[PARTITIONS] ?? 12),
    retentionMs: Number(config[RETENTION] ?? 14 * 24 * 60 * 60 * 1000),
    replicationFactor: Number(config[COPIES] ?? 3),
    maxRecordBytes: Number(config[LARGEST] ?? 8 * 1024 * 1024),
  };
}

/** Settings of topics that no topic can be made with, one sentence each. */
export function impossibleTopics(config: Properties): string[] {
  return [...FORMS].flatMap(([property, { form, words }]) => {
    const value = config[property];
    return value === undefined || form.test(value) ? [] : [`${property} is ${value}, and must be ${words}`];
  });
}
