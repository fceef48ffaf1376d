import type { Consumer, Kafka } from 'kafkajs';

/** A member that is silent for so long is taken for dead; nothing that we do keeps it from speaking. */
const SESSION_MS = 10_000;
/** How often it speaks, and hears that the partitions are being shared out. */
export const HEARTBEAT_MS = 1_000;
/** How long an empty fetch waits; also how soon a partition that was paused is read again. */
const FETCH_MS = 200;

/** A member of a consumer group that has not joined it yet, and never begins again by itself. */
export function groupConsumer(kafka: Kafka, groupId: string): Consumer {
  return kafka.consumer({
    groupId,
    sessionTimeout: SESSION_MS,
    heartbeatInterval: HEARTBEAT_MS,
    maxWaitTimeInMs: FETCH_MS,
    allowAutoTopicCreation: false,
    // Nobody could tell it to stop meanwhile.
    retry: { restartOnFailure: async () => false },
  });
}
