import { Kafka, logLevel, type LogEntry } from 'kafkajs';
import { clientAccess } from './kafka-access.js';
import type { KafkaContext } from './kafka-context.js';
import { restWithoutRequests } from './rest-without-requests.js';

const CONNECT_MS = 5_000;
const REQUEST_MS = 30_000;
/** Some seconds, also under a test runner, for which kafkajs has others: whoever uses the client tries for longer. */
const RETRY = { initialRetryTime: 100, factor: 0.2, multiplier: 2, maxRetryTime: 1_000, retries: 7 };

/** A client of the brokers, which logs where we do; it connects when it is first used. */
export function kafkaClient({ settings, log }: KafkaContext): Kafka {
  restWithoutRequests();
  return new Kafka({
    clientId: settings.owner,
    brokers: [...settings.brokers],
    ...clientAccess(settings.access),
    connectionTimeout: CONNECT_MS,
    requestTimeout: REQUEST_MS,
    retry: RETRY,
    logLevel: logLevel.WARN,
    logCreator: () => (entry: LogEntry) => log.client(entry.log.message, { ...entry.log, label: entry.label }),
  });
}
