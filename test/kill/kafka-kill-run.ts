import { setTimeout as delay } from 'node:timers/promises';
import { Stack } from '../kafka/stack-commands.js';
import { killed } from '../support/postgres-programs.js';
import { Program } from '../support/real-program.js';
import { until } from '../support/until.js';
import { Admin } from './admin.js';
import { Counters } from './counters.js';
import { Feeling, longest, type Felt } from './felt.js';
import type { KillRun } from './kill-run.js';
import { aimAtOpenBatch, countAborted } from './open-batches.js';
import type { Chance } from './random.js';
import { untilAtRest } from './rest.js';

/** What is hit: one of the two programs, killed or frozen until the other has replaced it; or a process of the stack, killed. */
export type KafkaVictim = 'program' | 'frozen' | 'connect' | 'broker' | 'postgres';
type InStack = Exclude<KafkaVictim, 'program' | 'frozen'>;
const isInStack = (victim: KafkaVictim): victim is InStack => victim !== 'program' && victim !== 'frozen';

const VICTIMS: readonly KafkaVictim[] = ['program', 'program', 'program', 'frozen', 'connect', 'broker', 'postgres'];
/** Half of the kills of a program wait for a batch to be open. */
const AIMED = 0.5;
const KAFKA = { ORDERKEEL_CHANGES: 'kafka' };
/** Two programs that share all executors on a stack of their own: hits either, or what they read from, and counts. */
export class KafkaKillRun implements KillRun {
  readonly stack: Stack;
  readonly counters = new Counters();
  private readonly felt: (Felt & { readonly victim: KafkaVictim })[] = [];
  private readonly programs: readonly Program[];
  private readonly frozen = new Set<Program>();
  private readonly admin: Admin = new Admin(this);
  private startedMs = 0;
  private aimed = 0;
  private asked = 0;
  private insideBatch = 0;

  private constructor(
    private readonly first: Program,
    private readonly chance: Chance,
  ) {
    this.stack = new Stack(first.dataDir);
    this.programs = [first, first.beside()];
  }

  /** Prepares it in an empty folder that anybody may enter. */
  static async in(folder: string, chance: Chance): Promise<KafkaKillRun> {
    return new KafkaKillRun(await Program.in(folder), chance);
  }

  url(): string | null {
    const awake = this.programs.filter((program) => program.url !== null && !this.frozen.has(program));
    this.asked += 1;
    return awake[this.asked % awake.length]?.url ?? null;
  }

  adminUrl(): Promise<string> {
    return this.first.adminUrl();
  }

  async start(): Promise<void> {
    await this.stack.up();
    for (const program of this.programs) await program.start(KAFKA);
    this.startedMs = performance.now();
  }

  /** One of the two programs is always there. */
  get upMs(): number {
    return performance.now() - this.startedMs;
  }

  async strike(): Promise<string> {
    const { chance } = this;
    const isFirst = this.felt.length === 0;
    await delay(chance.between(300, 2_000));
    return this.hit(isFirst ? 'program' : chance.oneOf(VICTIMS));
  }

  /** Hits one that was chosen; resolves when everything is there again, and says how long it was felt. */
  async hit(victim: KafkaVictim): Promise<string> {
    const program = this.chance.oneOf(this.programs);
    if (victim === 'program') await this.counters.read(program.url);
    const open = victim === 'program' && this.chance.happens(AIMED) ? await aimAtOpenBatch(this.admin) : [];
    if (open.length > 0) this.aimed += 1;
    const pid = isInStack(victim) ? await this.pidOf(victim) : null;
    const feeling = new Feeling(this.admin);
    const reserved = feeling.untilReserved();
    // Told when it is waited for.
    reserved.catch(() => undefined);
    const times = pid === null ? await this.replace(program, victim, feeling) : await this.mend(pid, feeling);
    await Promise.all(this.programs.map((each) => each.untilReady()));
    const felt = { victim, ...times, recoveredMs: await reserved };
    this.felt.push(felt);
    if (open.length > 0) this.insideBatch += await countAborted(this.admin, open);
    return JSON.stringify(felt);
  }

  async makeWhole(): Promise<void> {}

  async rest(): Promise<number> {
    const restMs = await untilAtRest(() => this.url());
    for (const { url } of this.programs) await this.counters.read(url);
    return restMs;
  }

  bites() {
    const { aimed, insideBatch, counters, felt } = this;
    const froze = felt.some(({ victim }) => victim === 'frozen');
    return [
      { name: 'it bit: kills came within batches', found: aimed === 0 || insideBatch > 0 ? [] : [{ aimed }] },
      { name: 'it bit: who was frozen was refused', found: !froze || counters.sums.fenceRejected > 0 ? [] : [felt] },
    ];
  }

  figures() {
    const { insideBatch, counters, felt, programs } = this;
    const kills: Record<string, object> = {};
    for (const { victim } of felt) {
      kills[victim] = longest(felt.filter((each) => each.victim === victim).map(({ victim: _, ...times }) => times));
    }
    return { insideBatch, ...counters.sums, kills, starts: programs.reduce((sum, { starts }) => sum + starts, 0) };
  }

  async end(): Promise<void> {
    for (const program of this.frozen) program.wake();
    await this.admin.close();
    await Promise.all(this.programs.map((program) => program.stop()));
    await this.stack.down();
  }

  private async replace(program: Program, victim: KafkaVictim, feeling: Feeling): Promise<Felt> {
    const pid = program.pid!;
    if (victim === 'program') {
      await program.kill('program');
      const takeoverMs = await feeling.untilTakenOver(pid);
      await program.start(KAFKA);
      return { takeoverMs };
    }
    this.frozen.add(program);
    program.freeze();
    const takeoverMs = await feeling.untilTakenOver(pid);
    program.wake();
    this.frozen.delete(program);
    return { takeoverMs };
  }

  private async mend(pid: number, feeling: Feeling): Promise<Felt> {
    killed(pid, 'SIGKILL');
    await until('it is gone', () => !killed(pid, 0));
    await this.stack.up();
    return { mendedMs: feeling.ms };
  }

  private async pidOf(name: InStack): Promise<number> {
    return (await this.stack.status()).processes.find((each) => each.name === name)!.pid;
  }
}
