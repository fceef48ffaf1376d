// `npm run test:kill -- --kills N --seed S [--changes kafka]`: the real program under load, killed at random moments, with Kafka
// also what it reads from (reliability 4.3: A1, A4, P1, KF1, KF2).
import { randomInt } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chance } from '../support/disturbed.js';
import { Clients } from './clients.js';
import { EmbeddedKillRun } from './embedded-kill-run.js';
import { KafkaKillRun } from './kafka-kill-run.js';
import type { Finding, KillRun } from './kill-run.js';
import { chanceFrom, type Chance } from './random.js';

const LEAST_PER_SECOND = 50;

const { values } = parseArgs({
  options: { kills: { type: 'string' }, seed: { type: 'string' }, changes: { type: 'string', default: 'embedded' } },
});
const kills = Number(values.kills ?? 30);
const seed = Number(values.seed ?? randomInt(2 ** 31));
const runs = new Map<string, { in(folder: string, chance: Chance): Promise<KillRun> }>([
  ['embedded', EmbeddedKillRun],
  ['kafka', KafkaKillRun],
]);
const run = runs.get(values.changes);
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed) || !run) {
  process.stderr.write(
    'Usage: npm run test:kill -- [--kills N] [--seed S] [--changes embedded|kafka], whole numbers\n',
  );
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), 'orderkeel-kill-'));
// PostgreSQL does not run as root, and its user must be able to pass through.
await chmod(folder, 0o711);
const system = await run.in(folder, chanceFrom(chance(seed)));
const clients = await Clients.of(system, folder, { seed: seed + 1 });
let passed = 0;
let failed = 0;

/** One check: nothing found is well. */
function check({ name, found }: Finding): void {
  if (found.length === 0) passed += 1;
  else failed += 1;
  const examples = found.slice(0, 3).map((each) => JSON.stringify(each));
  say(
    `${found.length === 0 ? 'ok  ' : 'FAIL'} ${name}${examples.length > 0 ? `: ${found.length}, ${examples.join(', ')}` : ''}`,
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function underFire(): Promise<void> {
  say(`seed ${seed}, ${kills} kills, ${values.changes}, in ${folder}`);
  await system.start();
  await clients.start();
  for (let nth = 1; nth <= kills; nth += 1) {
    const before = clients.acknowledgedIntents;
    const what = await system.strike();
    say(`kill ${nth}/${kills}: ${what}; ${clients.acknowledgedIntents - before} orders meanwhile`);
  }
  await clients.stop();
  await system.makeWhole();
  await clients.settle();
  await report(await system.rest());
}

async function report(restMs: number): Promise<void> {
  for (const finding of await clients.findings()) check(finding);
  for (const finding of system.bites()) check(finding);
  const perSecond = Math.round((clients.acknowledgedIntents / system.upMs) * 1000);
  const demand = { ...(await clients.demand()), perSecond };
  check({ name: 'it bit: orders were backordered', found: demand.backordered > 0 ? [] : [demand] });
  const name = `it bit: at least ${LEAST_PER_SECOND} orders a second while it was up`;
  check({ name, found: perSecond >= LEAST_PER_SECOND ? [] : [demand] });
  const known = await clients.outcomes();
  const { samples } = clients;
  say(JSON.stringify({ seed, ...demand, ...system.figures(), samples, restMs: Math.round(restMs), known }));
}

try {
  await underFire();
} catch (error) {
  failed += 1;
  say(`FAIL the run ended early: ${(error as Error).stack}`);
} finally {
  // Whatever has failed, nothing stays running.
  for (const end of [() => clients.end(), () => system.end()]) {
    await end().catch((error: unknown) => {
      failed += 1;
      say(`FAIL ${String(error)}`);
    });
  }
}
if (failed === 0) await rm(folder, { recursive: true, force: true });
else say(`what the program said, and what the clients know, is kept in ${folder}`);
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
