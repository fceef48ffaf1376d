import kafkajs, { type Admin } from 'kafkajs';
import { createTopics } from './create-topics.js';
import type { KafkaContext } from './kafka-context.js';
import { refusalOf } from './refusal.js';

const POLICY = 'cleanup.policy';
const LARGEST = 'max.message.bytes';
/** Codes of what `ensureTopics` throws where trying again is no use. */
export const UNFIT_TOPICS: readonly string[] = ['topic-compacted', 'topic-narrow'];

/**
 * Makes the topics that are missing, with stated partitions, retention and largest record. Throws `topic-compacted` for a
 * topic that forgets: with keys that are not the rows' own, compaction deletes history (debezium 1.5); and `topic-narrow` for
 * one that refuses large rows, at which the connector would stop for good.
 */
export async function ensureTopics(context: KafkaContext, admin: Admin, topics: readonly string[]): Promise<void> {
  const { settings, log } = context;
  const existing = new Set(await admin.listTopics());
  const missing = topics.filter((topic) => !existing.has(topic));
  if (missing.length > 0) {
    const { brokers } = await admin.describeCluster();
    const { partitions, retentionMs, replicationFactor, maxRecordBytes } = settings.topics;
    const configEntries = [
      { name: POLICY, value: 'delete' },
      { name: 'retention.ms', value: String(retentionMs) },
      { name: LARGEST, value: String(maxRecordBytes) },
    ];
    const copies = Math.min(replicationFactor, brokers.length);
    const wanted = missing.map((topic) => ({
      topic,
      numPartitions: partitions,
      replicationFactor: copies,
      configEntries,
    }));
    await createTopics(admin, wanted).catch((error: unknown) => {
      const where = `the topics ${missing.join(', ')}`;
      throw refusalOf(error, `Create on ${where} (or Describe, where somebody has made them)`);
    });
    log.topicsMade(missing);
  }
  await refuseUnfit(admin, topics, settings.topics.maxRecordBytes);
}

async function refuseUnfit(admin: Admin, topics: readonly string[], maxRecordBytes: number): Promise<void> {
  const asked = topics.map((name) => ({
    type: kafkajs.ConfigResourceTypes.TOPIC,
    name,
    configNames: [POLICY, LARGEST],
  }));
  const { resources } = await admin
    .describeConfigs({ includeSynonyms: false, resources: asked })
    .catch((error: unknown) => {
      throw refusalOf(error, `DescribeConfigs on one of the topics ${topics.join(', ')}`);
    });
  const where = (unfit: (configName: string, configValue: string) => boolean) =>
    resources
      .filter(({ configEntries }) =>
        configEntries.some(({ configName, configValue }) => unfit(configName, configValue)),
      )
      .map(({ resourceName }) => resourceName);
  const compacted = where((name, value) => name === POLICY && value.includes('compact'));
  const narrow = where((name, value) => name === LARGEST && Number(value) < maxRecordBytes);
  if (compacted.length > 0) {
    const what = 'must not be compacted, which would delete history';
    throw unfitTopics('topic-compacted', compacted, `${what}: set ${POLICY}=delete on the topic`);
  }
  if (narrow.length === 0) return;
  const what = `must take records of ${maxRecordBytes} bytes, or the connector stops at the first row that is too large`;
  throw unfitTopics('topic-narrow', narrow, `${what}: set ${LARGEST}=${maxRecordBytes} on the topic`);
}

function unfitTopics(code: string, names: readonly string[], what: string): Error {
  return Object.assign(new Error(`${names.join(', ')} ${what}`), { code, retriable: false });
}
