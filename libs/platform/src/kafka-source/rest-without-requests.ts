import { createRequire } from 'node:module';

/** What kafkajs keeps of each connection, as far as it concerns us. */
interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as { prototype: RequestQueue };
const schedule = prototype.scheduleCheckPendingRequests;

/**
 * Lets kafkajs look for requests that wait only while some do. Version 2.2.4 looks again after each look, with a negative
 * delay that is taken for 1 ms: an idle program wakes up 700 times a second, and Node.js 24 warns of it
 * (kafkajs#1751; the open pull requests #1755 and #1768 end the warning, not the loop).
 */
export function restWithoutRequests(): void {
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0) schedule.call(this);
  };
}
