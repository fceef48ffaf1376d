// The product's own reader of the change stream, in a process of its own with nothing behind it (B6).
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChangeEvent } from '../../../libs/platform/src/change-stream/change-event.js';
import { productReader } from './product-reader.js';
import { READINGS, type Depth, type ReadReport, type ReadWish } from './reader.js';

const ASK_EVERY_MS = 20;

const DECODE: Readonly<Record<Depth, (event: ChangeEvent) => unknown>> = {
  key: ({ key }) => key,
  row: (event) => event.after ?? event.before,
  envelope: (event) => event.envelopeJson(),
};

async function read({ url, slot, depth, until }: ReadWish): Promise<ReadReport> {
  const reader = await productReader(url, slot);
  const decode = DECODE[depth];
  let [events, beganMs, endedMs] = [0, 0, 0];
  let cpuBefore = process.cpuUsage();
  await reader.start({
    onBegin: () => {
      if (beganMs > 0) return;
      beganMs = performance.now();
      cpuBefore = process.cpuUsage();
    },
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
  await reader.stop();
  return { events, seconds: (endedMs - beganMs) / 1000, cpuSeconds: (user + system) / 1e6 };
}

const [wish] = (await once(process, 'message')) as [ReadWish];
let report = await read(wish);
for (let reading = 1; reading < READINGS; reading += 1) report = await read(wish);
process.send!(report);
process.disconnect();
