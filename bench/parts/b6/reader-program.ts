// The product's own reader of the change stream, in a process of its own with nothing behind it (B6).
import { setTimeout as delay } from 'node:timers/promises';
import type { ChangeEvent } from '../../../libs/platform/src/change-stream/change-event.js';
import type { ReplicationReader } from '../../../libs/platform/src/change-stream/replication-reader.js';
import { productReader } from './product-reader.js';
import type { Depth, ReadReport, ReadWish } from './reader.js';

const ASK_EVERY_MS = 20;

const DECODE: Readonly<Record<Depth, (event: ChangeEvent) => unknown>> = {
  key: ({ key }) => key,
  row: (event) => event.after ?? event.before,
  envelope: (event) => event.envelopeJson(),
};

/** Stays connected behind its end: what a server's process took is seen while it is there. */
let reader: ReplicationReader | undefined;

async function read({ url, slot, depth, until }: ReadWish): Promise<ReadReport> {
  await reader?.stop();
  reader = await productReader(url, slot);
  const decode = DECODE[depth];
  let [events, endedMs] = [0, 0];
  // The server sends a transaction when it has read all of it, which is time that a reader waits for.
  const [beganMs, cpuBefore] = [performance.now(), process.cpuUsage()];
  await reader.start({
    onBegin: () => undefined,
    onChange: (event) => {
      decode(event);
      events += 1;
    },
    onCommit: () => (endedMs = performance.now()),
    onKeepalive: () => undefined,
    onClosed: (error) => {
      if (error) throw error;
    },
  });
  while (reader.receivedLsn < BigInt(until)) {
    reader.requestReply();
    await delay(ASK_EVERY_MS);
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  return { events, seconds: (endedMs - beganMs) / 1000, cpuSeconds: (user + system) / 1e6 };
}

process.on('message', (wish: ReadWish) => void read(wish).then((report) => process.send!(report)));
process.on('disconnect', () => void reader?.stop());
