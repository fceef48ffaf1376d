import { setTimeout as delay } from 'node:timers/promises';
import kafkajs, { type Admin } from 'kafkajs';
import type { KafkaContext } from './kafka-context.js';
import { refusalOf } from './refusal.js';

const POLICY = 'cleanup.policy';
const ATTEMPTS = 50;
const ASK_AGAIN_MS = 100;

/**
 * Makes the topics that are missing, with stated partitions and retention. Throws `topic-compacted` for a topic that
 * forgets: with keys that are not the rows' own, compaction deletes history (debezium 1.5).
 */
export async function ensureTopics(context: KafkaContext, admin: Admin, topics: readonly string[]): Promise<void> {
  const { settings, log } = context;
  const existing = new Set(await admin.listTopics());
  const missing = topics.filter((topic) => !existing.has(topic));
  if (missing.length > 0) {
    const { brokers } = await admin.describeCluster();
    const { partitions, retentionMs, replicationFactor } = settings.topics;
    const configEntries = [
      { name: POLICY, value: 'delete' },
      { name: 'retention.ms', value: String(retentionMs) },
    ];
    const copies = Math.min(replicationFactor, brokers.length);
    const wanted = missing.map((topic) => ({
      topic,
      numPartitions: partitions,
      replicationFactor: copies,
      configEntries,
    }));
    await admin.createTopics({ topics: wanted }).catch((error: unknown) => {
      const where = `the topics ${missing.join(', ')}`;
      throw refusalOf(error, `Create on ${where} (or Describe, where somebody has made them)`);
    });
    await Promise.all(missing.map((topic) => answers(admin, topic)));
    log.topicsMade(missing);
  }
  await refuseCompaction(admin, topics);
}

/** A new topic has a leader before that leader knows it; its first answers are refusals. */
async function answers(admin: Admin, topic: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return void (await admin.fetchTopicOffsets(topic));
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await delay(ASK_AGAIN_MS);
    }
  }
}

async function refuseCompaction(admin: Admin, topics: readonly string[]): Promise<void> {
  const asked = topics.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name, configNames: [POLICY] }));
  const { resources } = await admin
    .describeConfigs({ includeSynonyms: false, resources: asked })
    .catch((error: unknown) => {
      throw refusalOf(error, `DescribeConfigs on one of the topics ${topics.join(', ')}`);
    });
  const compacted = resources.filter(({ configEntries }) =>
    configEntries.some(({ configName, configValue }) => configName === POLICY && configValue.includes('compact')),
  );
  if (compacted.length === 0) return;
  const names = compacted.map(({ resourceName }) => resourceName).join(', ');
  throw Object.assign(
    new Error(`${names} must not be compacted, which would delete history: set ${POLICY}=delete on the topic`),
    { code: 'topic-compacted', retriable: false },
  );
}
