// `npm run test:nodes`: the product really runs on the Node.js versions that are newer than the one we build on.
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anIntent } from '../builders/an-intent.js';
import { Program } from '../support/real-program.js';
import { until } from '../support/until.js';
import { nodeBinary } from './node-binary.js';

const MAJORS = [24, 26];
const TIMELINE = ['order:submitted', 'inventory:reservation_backordered'];

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Starts the product on a Node.js, submits an intent, and reads the order and its timeline. */
async function tryOn(major: number): Promise<void> {
  const { path, version } = await nodeBinary(major);
  const folder = await mkdtemp(join(tmpdir(), `orderkeel-node${major}-`));
  await chmod(folder, 0o711);
  const program = await Program.in(folder, path);
  try {
    await program.start();
    const said = await readFile(join(folder, 'program.log'), 'utf8');
    if (!said.includes(version)) throw new Error(`the program does not say that it runs on ${version}: ${said}`);
    const answer = await fetch(`${program.url}/order-intents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', prefer: 'wait=20' },
      body: JSON.stringify(anIntent({ lines: [{ sku: 'NODE-1', quantity: 2 }] })),
    });
    const { orderId } = (await answer.json()) as { orderId: string };
    if (answer.status !== 201) throw new Error(`the intent was answered ${answer.status}`);
    const order = await get(`${program.url}/orders/${orderId}`);
    if (order['revision'] !== 1) throw new Error(`the order is ${JSON.stringify(order)}`);
    await until(`the timeline is ${TIMELINE.join(', ')}`, async () => {
      const { entries } = await get(`${program.url}/orders/${orderId}/timeline`);
      const codes = (entries as { statusCode: string }[]).map(({ statusCode }) => statusCode);
      return JSON.stringify(codes) === JSON.stringify(TIMELINE);
    });
    say(`ok   Node.js ${version}: an intent became an order, and its timeline ${TIMELINE.join(', ')}`);
  } finally {
    await program.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function get(url: string): Promise<Record<string, unknown>> {
  return (await (await fetch(url)).json()) as Record<string, unknown>;
}

let passed = 0;
let failed = 0;
if (process.platform === 'linux' && process.arch === 'x64') {
  for (const major of MAJORS) {
    try {
      await tryOn(major);
      passed += 1;
    } catch (error) {
      say(`FAIL Node.js ${major}: ${(error as Error).stack}`);
      failed += 1;
    }
  }
  say(`${passed} passed, ${failed} failed`);
} else {
  say(`SKIPPED: the binaries are for Linux on x64, and this is ${process.platform} on ${process.arch}`);
  say(`0 passed, 0 failed, ${MAJORS.length} skipped`);
}
process.exitCode = failed === 0 ? 0 : 1;
