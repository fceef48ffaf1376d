import { setTimeout as delay } from 'node:timers/promises';
import type { Admin, ITopicConfig } from 'kafkajs';

const ATTEMPTS = 50;
const ASK_AGAIN_MS = 100;

/**
 * Makes topics and waits until each answers; one that somebody else makes at the same moment is as good. The client's own
 * wait for leaders is left out: a broker that has not heard of a new topic yet would end it with an error.
 */
export async function createTopics(admin: Admin, topics: readonly ITopicConfig[]): Promise<void> {
  await admin.createTopics({ topics: [...topics], waitForLeaders: false });
  await Promise.all(topics.map(({ topic }) => answers(admin, topic)));
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
