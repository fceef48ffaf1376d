import { Kafka, logLevel } from 'kafkajs';
import { clientAccess, type KafkaAccess } from './kafka-access.js';

const CONNECT_MS = 3_000;

/** Asks the brokers, `host:port`, who is there, once; gives how many answer for the cluster. Throws what the client says. */
export async function reachBrokers(brokers: readonly string[], access: KafkaAccess): Promise<number> {
  const kafka = new Kafka({
    brokers: [...brokers],
    ...clientAccess(access),
    connectionTimeout: CONNECT_MS,
    retry: { retries: 0 },
    logLevel: logLevel.NOTHING,
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length;
  } finally {
    await admin.disconnect();
  }
}
