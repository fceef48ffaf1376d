import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Clients } from '../../kill/clients.js';
import { KafkaKillRun } from '../../kill/kafka-kill-run.js';
import { chanceFrom } from '../../kill/random.js';
import { chance } from '../../support/disturbed.js';
import { broken, tell } from './found.js';

/** About 20 orders a second, on 24 SKUs. */
const ZEAL = { seed: 20261121, tickMs: 40 };

describe('two programs that share all executors, while clients order', () => {
  let folder: string;
  let system: KafkaKillRun;
  let clients: Clients;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orderkeel-killed-'));
    await chmod(folder, 0o711);
    system = await KafkaKillRun.in(folder, chanceFrom(chance(ZEAL.seed)));
    clients = await Clients.of(system, folder, ZEAL);
    await system.start();
  });
  afterAll(async () => {
    tell('killed', { ...system.figures(), ...(await clients.outcomes()) });
    await clients.end();
    await system.end();
    await rm(folder, { recursive: true, force: true });
  });
  // Where a test fails early, nobody orders on.
  afterEach(() => clients.stop());
  const running = async () => (await system.stack.status()).processes;
  const isRight = async () => {
    await clients.stop();
    await clients.settle();
    await system.rest();
    expect(broken(await clients.findings())).toEqual([]);
    expect(system.counters.sums.sweepRepaired).toBe(0);
  };

  it('lose nothing and do nothing twice when one of them is killed: the other one takes over', async () => {
    await clients.start();
    await system.hit('program');
    await isRight();
  });

  it.each(['connect', 'broker', 'postgres'] as const)(
    'lose nothing and do nothing twice when %s is killed, which stack:up mends, the others kept',
    async (victim) => {
      const before = await running();
      await clients.start();
      await system.hit(victim);
      await isRight();
      const replaced = (await running()).filter(({ pid }) => !before.some((each) => each.pid === pid));
      expect(replaced.map(({ name }) => name)).toEqual([victim]);
      const { connector, slot } = await system.stack.status();
      expect([connector, slot.active]).toEqual([{ state: 'RUNNING', task: 'RUNNING' }, true]);
    },
  );
});
