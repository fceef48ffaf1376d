// `npm run test:kill -- --kills N --seed S`: the real program under load, killed at random moments (reliability 4.3, A1, P1).
import { randomInt } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chance } from '../support/disturbed.js';
import { Admin } from './admin.js';
import { differences } from './clients-view.js';
import { INVARIANTS } from './invariants.js';
import { KillRun } from './kill-run.js';
import { Load } from './load.js';
import { Oracle } from './oracle.js';
import { Program } from '../support/real-program.js';
import { chanceFrom } from './random.js';
import { Watch } from './watch.js';

const LEAST_PER_SECOND = 50;

const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' } } });
const kills = Number(values.kills ?? 30);
const seed = Number(values.seed ?? randomInt(2 ** 31));
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  process.stderr.write('Usage: npm run test:kill -- [--kills N] [--seed S], both whole numbers\n');
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), 'orderkeel-kill-'));
// PostgreSQL does not run as root, and its user must be able to pass through.
await chmod(folder, 0o711);
const program = await Program.in(folder);
const oracle = await Oracle.create(join(folder, 'oracle.ndjson'));
const admin = new Admin(program);
const watch = new Watch(new Admin(program));
const random = chance(seed);
const load = new Load(() => program.url, oracle, chanceFrom(chance(seed + 1)));
const run = new KillRun(program, admin, chanceFrom(random));
let passed = 0;
let failed = 0;

/** One check: nothing found is well. */
function check(name: string, found: readonly unknown[]): void {
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
  say(`seed ${seed}, ${kills} kills, in ${folder}`);
  await program.start();
  watch.start();
  await load.start();
  for (let nth = 1; nth <= kills; nth += 1) {
    const before = load.acknowledgedIntents;
    const victim = await run.strike();
    say(`kill ${nth}/${kills}: ${victim}; ${load.acknowledgedIntents - before} orders meanwhile`);
  }
  await load.stop();
  await run.makeWhole();
  await load.settle();
  const restMs = await run.rest();
  await watch.stop();
  await report(restMs);
}

async function report(restMs: number): Promise<void> {
  const known = await oracle.testimonies();
  const { lost, invented, doubled } = await differences(admin, known);
  check('I1 nothing acknowledged is lost', lost);
  check('I2 nothing is there that nobody asked for', invented);
  check('I3 nothing is there twice', doubled);
  for (const { name, broken } of INVARIANTS) check(name, await admin.query(broken));
  check('I4 nothing was oversold in any sample', watch.oversold);
  check('I7 no checkpoint went back', watch.wentBack);
  check('I7 nothing was acknowledged before it was durable', watch.acknowledgedTooFar);
  const perSecond = (load.acknowledgedIntents / run.counts.upMs) * 1000;
  const bites = { ...(await whatBit()), perSecond: Math.round(perSecond) };
  check('it bit: changes came again', bites.redelivered > 0 ? [] : [bites]);
  check('it bit: kills came within batches', bites.insideBatch > 0 ? [] : [bites]);
  check('it bit: orders were backordered', bites.backordered > 0 ? [] : [bites]);
  check(
    `it bit: at least ${LEAST_PER_SECOND} orders a second while it was up`,
    perSecond >= LEAST_PER_SECOND ? [] : [bites],
  );
  const outcomes = countBy([...known.values()].map(({ knowledge }) => knowledge));
  say(
    JSON.stringify({
      seed,
      ...bites,
      kills: run.counts.kills,
      starts: program.starts,
      samples: watch.samples,
      restMs: Math.round(restMs),
      known: outcomes,
    }),
  );
}

function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

async function whatBit() {
  const [row] = await admin.query<{ backordered: string; filled: string; orders: string }>(
    `SELECT count(*) FILTER (WHERE status_code = 'inventory:reservation_backordered') AS backordered,
            count(*) FILTER (WHERE status_code = 'inventory:reservation_confirmed' AND EXISTS (
              SELECT FROM "order".order_status_history b WHERE b.order_id = h.order_id AND b.seq < h.seq
                 AND b.status_code = 'inventory:reservation_backordered')) AS filled,
            count(*) FILTER (WHERE status_code = 'order:submitted') AS orders
       FROM "order".order_status_history h`,
  );
  const { insideBatch, redelivered, whileCatchingUp } = run.counts;
  const numbers = { orders: Number(row!.orders), backordered: Number(row!.backordered), filled: Number(row!.filled) };
  return { ...numbers, insideBatch, redelivered, whileCatchingUp };
}

try {
  await underFire();
} catch (error) {
  failed += 1;
  say(`FAIL the run ended early: ${(error as Error).stack}`);
} finally {
  // Whatever has failed, nothing stays running.
  for (const end of [
    () => load.stop(),
    () => watch.stop(),
    () => admin.close(),
    () => program.stop(),
    () => oracle.close(),
  ]) {
    await end().catch((error: unknown) => say(`FAIL ${String(error)}`));
  }
}
if (failed === 0) await rm(folder, { recursive: true, force: true });
else say(`what the program said, and what the clients know, is kept in ${folder}`);
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
