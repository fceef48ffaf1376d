import { setTimeout as delay } from 'node:timers/promises';
import { until } from '../support/until.js';
import type { Admin } from './admin.js';
import { aimAtOpenBatch, countAborted } from './open-batches.js';
import type { Program, Victim } from '../support/real-program.js';
import type { Chance } from './random.js';

/** Half of the kills strike at a moment of chance, half wait for a batch to be open. */
const AIMED = 0.5;
const VICTIMS: readonly Victim[] = ['program', 'program', 'program', 'postgres', 'both'];
const REST_MS = 60_000;
/** Share of starts without inventory, which later has to catch up. */
const WITHOUT_INVENTORY = 0.2;
/** An answer may say "nothing waits" of one hop while the next one has just begun: so many in a row, one per hop. */
const QUIET_IN_A_ROW = 5;

/** What the kills did; proof that they bit. */
export interface KillCounts {
  readonly kills: Record<Victim, number>;
  /** Open batches that a kill has aborted. */
  insideBatch: number;
  /** Changes that came again and were known as applied. */
  redelivered: number;
  /** Kills while an executor was catching up from the tables. */
  whileCatchingUp: number;
  /** Time in which the program was there to be ordered from; milliseconds. */
  upMs: number;
}

/** Kills, starts again, and counts. */
export class KillRun {
  readonly counts: KillCounts = {
    kills: { program: 0, postgres: 0, both: 0 },
    insideBatch: 0,
    redelivered: 0,
    whileCatchingUp: 0,
    upMs: 0,
  };

  private inventory = true;
  private catchesUp = false;

  constructor(
    private readonly program: Program,
    private readonly admin: Admin,
    private readonly chance: Chance,
  ) {}

  /** One kill at a random moment, and a start after which the program is ready. */
  async strike(): Promise<Victim> {
    const { program, admin, chance, counts } = this;
    // A short run has to bite as well: its first kill is aimed, and at what delivers again.
    const isFirst = Object.values(counts.kills).every((count) => count === 0);
    const victim = isFirst ? 'program' : chance.oneOf(VICTIMS);
    const aimed = isFirst || chance.happens(AIMED);
    const readyMs = performance.now();
    await delay(this.catchesUp ? chance.between(0, 300) : chance.between(300, 2_000));
    if (victim !== 'postgres') await this.countRedelivered();
    const open = aimed ? await aimAtOpenBatch(admin) : [];
    if (await this.isCatchingUp()) counts.whileCatchingUp += 1;
    counts.upMs += performance.now() - readyMs;
    await program.kill(victim);
    counts.kills[victim] += 1;
    await admin.close();
    if (victim === 'postgres') await this.serverIsBack();
    else await this.startAgain(!chance.happens(WITHOUT_INVENTORY));
    await program.untilReady();
    if (open.length > 0) counts.insideBatch += await countAborted(admin, open);
    return victim;
  }

  /** Switches inventory on where the last start has left it off. */
  async makeWhole(): Promise<void> {
    if (this.inventory) return;
    await this.countRedelivered();
    await this.program.kill('program');
    await this.startAgain(true);
  }

  private async startAgain(inventory: boolean): Promise<void> {
    this.catchesUp = inventory && !this.inventory;
    this.inventory = inventory;
    await this.program.start({ ORDERKEEL_MODULES: inventory ? 'inventory' : 'none' });
  }

  private async isCatchingUp(): Promise<boolean> {
    const rows = await this.admin.tryQuery(`SELECT 1 FROM cdc.consumer WHERE state IN ('ONBOARDING', 'SNAPSHOTTING')`);
    return rows !== null && rows.length > 0;
  }

  /** Waits until everything is applied; milliseconds that it took. */
  async rest(): Promise<number> {
    const sinceMs = performance.now();
    let quiet = 0;
    let seen = '';
    await until(
      'everything is at rest',
      async () => {
        const answer = await fetch(`${this.program.url}/ops/consumers`);
        seen = await answer.text();
        const { items } = JSON.parse(seen) as { items: { state: string; lagEvents: number | null }[] };
        const isQuiet = items.every(({ state, lagEvents }) => state === 'RUNNING' && lagEvents === 0);
        quiet = isQuiet ? quiet + 1 : 0;
        return quiet >= QUIET_IN_A_ROW;
      },
      REST_MS,
    ).catch((error: Error) => {
      throw new Error(`${error.message}: ${seen}`);
    });
    await this.countRedelivered();
    return performance.now() - sinceMs;
  }

  /** The counters of this life of the program; they die with it. */
  private async countRedelivered(): Promise<void> {
    const text = await fetch(`${this.program.url}/metrics`).then(
      (answer) => answer.text(),
      () => '',
    );
    for (const line of text.split('\n').filter((each) => each.startsWith('orderkeel_cdc_duplicates_skipped_total'))) {
      this.counts.redelivered += Number(line.split(' ').at(-1));
    }
  }

  private async serverIsBack(): Promise<void> {
    await until('PostgreSQL is back', () => this.admin.tryQuery('SELECT 1'), REST_MS);
  }
}
