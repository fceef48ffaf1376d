import { setTimeout as delay } from 'node:timers/promises';
import { Program, type Victim } from '../support/real-program.js';
import { until } from '../support/until.js';
import { Admin } from './admin.js';
import { Counters } from './counters.js';
import type { KillRun } from './kill-run.js';
import { aimAtOpenBatch, countAborted } from './open-batches.js';
import type { Chance } from './random.js';
import { untilAtRest } from './rest.js';

/** Half of the kills strike at a moment of chance, half wait for a batch to be open. */
const AIMED = 0.5;
const VICTIMS: readonly Victim[] = ['program', 'program', 'program', 'postgres', 'both'];
const BACK_MS = 60_000;
/** Share of starts without inventory, which later has to catch up. */
const WITHOUT_INVENTORY = 0.2;

/** The program that runs its own PostgreSQL and reads its log: kills either or both, starts again, and counts. */
export class EmbeddedKillRun implements KillRun {
  upMs = 0;
  private readonly kills: Record<Victim, number> = { program: 0, postgres: 0, both: 0 };
  /** Open batches that a kill has aborted. */
  private insideBatch = 0;
  /** Kills while an executor was catching up from the tables. */
  private whileCatchingUp = 0;
  private readonly counters = new Counters();
  private readonly admin: Admin = new Admin(this);
  private inventory = true;
  private catchesUp = false;

  private constructor(
    private readonly program: Program,
    private readonly chance: Chance,
  ) {}

  /** Prepares it in an empty folder that anybody may enter. */
  static async in(folder: string, chance: Chance): Promise<EmbeddedKillRun> {
    return new EmbeddedKillRun(await Program.in(folder), chance);
  }

  url(): string | null {
    return this.program.url;
  }

  adminUrl(): Promise<string> {
    return this.program.adminUrl();
  }

  start(): Promise<void> {
    return this.program.start();
  }

  async strike(): Promise<string> {
    const { program, admin, chance } = this;
    // A short run has to bite as well: its first kill is aimed, and at what delivers again.
    const isFirst = Object.values(this.kills).every((count) => count === 0);
    const victim = isFirst ? 'program' : chance.oneOf(VICTIMS);
    const aimed = isFirst || chance.happens(AIMED);
    const readyMs = performance.now();
    await delay(this.catchesUp ? chance.between(0, 300) : chance.between(300, 2_000));
    if (victim !== 'postgres') await this.counters.read(program.url);
    const open = aimed ? await aimAtOpenBatch(admin) : [];
    if (await this.isCatchingUp()) this.whileCatchingUp += 1;
    this.upMs += performance.now() - readyMs;
    await program.kill(victim);
    this.kills[victim] += 1;
    await admin.close();
    if (victim === 'postgres') await this.serverIsBack();
    else await this.startAgain(!chance.happens(WITHOUT_INVENTORY));
    await program.untilReady();
    if (open.length > 0) this.insideBatch += await countAborted(admin, open);
    return victim;
  }

  async makeWhole(): Promise<void> {
    if (this.inventory) return;
    await this.counters.read(this.program.url);
    await this.program.kill('program');
    await this.startAgain(true);
  }

  async rest(): Promise<number> {
    const restMs = await untilAtRest(() => this.program.url);
    await this.counters.read(this.program.url);
    return restMs;
  }

  bites() {
    const { duplicatesSkipped } = this.counters.sums;
    return [
      { name: 'it bit: changes came again', found: duplicatesSkipped > 0 ? [] : [this.figures()] },
      { name: 'it bit: kills came within batches', found: this.insideBatch > 0 ? [] : [this.figures()] },
    ];
  }

  figures() {
    const { insideBatch, whileCatchingUp, kills } = this;
    return { insideBatch, whileCatchingUp, ...this.counters.sums, kills, starts: this.program.starts };
  }

  async end(): Promise<void> {
    await this.admin.close();
    await this.program.stop();
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

  private async serverIsBack(): Promise<void> {
    await until('PostgreSQL is back', () => this.admin.tryQuery('SELECT 1'), BACK_MS);
  }
}
