// Follows one of Orderkeel's topics with plain kafkajs, and keeps what it has learned in a file: one line per change that was
// new. It stands for any effect that must not happen twice. `node examples/follow-changes.mjs FILE`; see README.md.
import { readFileSync } from 'node:fs';
import { Kafka, logLevel } from 'kafkajs';
import { ChangeFile } from './change-file.mjs';
import { readChange } from './read-change.mjs';

const {
  KAFKA_BROKERS = '127.0.0.1:9092',
  KAFKA_TOPIC = 'orderkeel.order.order_status_history',
  KAFKA_GROUP = 'example.follow-changes',
  KAFKA_CA_FILE,
  KAFKA_USERNAME,
  KAFKA_PASSWORD_FILE,
  KAFKA_SASL_MECHANISM = 'SCRAM-SHA-512',
} = process.env;
const path = process.argv[2];
if (!path || path.startsWith('-')) {
  console.error('Usage: node examples/follow-changes.mjs FILE (where the changes are kept)');
  process.exit(2);
}

const kafka = new Kafka({
  clientId: KAFKA_GROUP,
  brokers: KAFKA_BROKERS.split(','),
  logLevel: logLevel.WARN,
  ...(KAFKA_CA_FILE && { ssl: { ca: readFileSync(KAFKA_CA_FILE, 'utf8') } }),
  ...(KAFKA_USERNAME && {
    sasl: {
      mechanism: KAFKA_SASL_MECHANISM.toLowerCase(),
      username: KAFKA_USERNAME,
      password: readFileSync(KAFKA_PASSWORD_FILE, 'utf8').trim(),
    },
  }),
});
// With `fromBeginning` false, a consumer whose place has been deleted by retention goes on at the end, without a word.
const consumer = kafka.consumer({ groupId: KAFKA_GROUP, allowAutoTopicCreation: false });
const file = new ChangeFile(path);

await consumer.connect().catch((error) => {
  console.error(`No broker of KAFKA_BROKERS=${KAFKA_BROKERS} lets us in: ${error.message}`);
  process.exit(1);
});
await consumer.subscribe({ topics: [KAFKA_TOPIC], fromBeginning: true });
await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: follow });
// Whoever has crashed beyond the client's own patience is started again by what watches over it.
consumer.on(consumer.events.CRASH, ({ payload }) => payload.restart || process.exit(1));
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => consumer.disconnect().finally(() => file.close()));

/** The effect first and the place in the topic afterwards: a crash between them repeats records, which the file knows. */
async function follow({ batch, heartbeat, isStale }) {
  if (isStale()) return;
  const { topic, partition, messages } = batch;
  const changes = messages.flatMap(({ offset, value }) => {
    try {
      return readChange(value) ?? [];
    } catch (error) {
      console.error(`passed ${topic}/${partition}/${offset}: ${error.message}`);
      return [];
    }
  });
  for (const change of file.append(changes)) console.log(JSON.stringify(change));
  await consumer.commitOffsets([{ topic, partition, offset: String(BigInt(batch.lastOffset()) + 1n) }]);
  await heartbeat();
}
