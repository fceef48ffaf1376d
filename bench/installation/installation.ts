import { readFile, rm } from 'node:fs/promises';
import { onConnection, type EmbeddedPostgres } from '../../libs/platform/src/postgres/index.js';
import { Stack } from '../../test/kafka/stack-commands.js';
import { Program } from '../../test/support/real-program.js';
import type { Mode, Profile } from '../options.js';
import { makeCountedCluster } from './counted-cluster.js';
import { makeDataFolder } from './data-folder.js';
import { opened } from './opened.js';
import { startPostgresAlone } from './postgres-alone.js';

/** Which installation to make. */
export interface InstallationWish {
  readonly mode: Mode;
  readonly profile: Profile;
  /** Lanes of the executor that reserves stock; one, unless it is said. */
  readonly lanes?: number;
}

/** What is particular about its start. */
export interface StartWish {
  /** The Node.js that runs the program; else this one. */
  readonly node?: string;
  /** Settings of PostgreSQL that it has beside those it is shipped with. */
  readonly postgres?: Readonly<Record<string, string>>;
  /** Options of Node.js for the program. */
  readonly nodeOptions?: readonly string[];
}

/** Of the program's log, where it has died. */
const LAST_LINES = 10;

/** The product as a user has it, on data of its own, that is measured: its processes, and how it is reached. */
export class Installation {
  private program: Program | null = null;
  private stack: Stack | null = null;
  private postgres: EmbeddedPostgres | null = null;
  private starting: Promise<void> = Promise.resolve();
  private closing: Promise<void> | null = null;

  private constructor(
    readonly wish: InstallationWish,
    /** Where its data are; all of it is forgotten at the end. */
    readonly folder: string,
  ) {}

  /** Makes it: PostgreSQL, in Kafka mode the stack, and the program on this Node.js unless another one is given. */
  static async open(wish: InstallationWish, how: StartWish = {}): Promise<Installation> {
    const installation = new Installation(wish, await makeDataFolder());
    opened.add(installation);
    try {
      installation.starting = installation.start(how);
      await installation.starting;
      return installation;
    } catch (error) {
      await installation.close();
      throw error;
    }
  }

  get url(): string {
    return this.program!.url!;
  }

  /** A login that may read everything; holds a password. */
  databaseUrl(): Promise<string> {
    return this.program!.adminUrl();
  }

  /** What of it has ended that nobody wanted to end; null: nothing. */
  async casualty(): Promise<string | null> {
    const lastLines = async () => (await this.said()).trimEnd().split('\n').slice(-LAST_LINES).join('\n');
    if (this.program?.end) return `the program has ended (${this.program.end}); it last said:\n${await lastLines()}`;
    const postmaster = await this.program?.postmaster();
    return postmaster && (await isAlive(postmaster)) ? null : 'PostgreSQL has ended';
  }

  /** What the program has said so far. */
  said(): Promise<string> {
    return this.program!.said();
  }

  /** The process of PostgreSQL, which lives on when the program is killed. */
  async postmaster(): Promise<number> {
    return (await this.program!.postmaster())!;
  }

  /** The processes by name. */
  async processes(): Promise<Record<string, number>> {
    const own = { server: this.program!.pid!, postgres: await this.postmaster() };
    if (this.stack === null) return own;
    const { processes } = await this.stack.status();
    return { ...own, ...Object.fromEntries(processes.map(({ name, pid }) => [name, pid])) };
  }

  /** Ends the program for good and starts its PostgreSQL without it, under the settings that it had; no slot is left. */
  async leavePostgres(): Promise<EmbeddedPostgres> {
    await this.program!.stop();
    this.postgres = await startPostgresAlone(this.program!.dataDir);
    await onConnection(this.postgres.adminUrl, (client) =>
      client.query('SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots'),
    );
    return this.postgres;
  }

  /** The most memory that the program has had resident since it was started, and what it has now, bytes. */
  memory(): Promise<{ peak: number; now: number }> {
    return this.program!.memory();
  }

  /** Does something to the data while the program is dead and PostgreSQL alone runs; then it starts again and goes on. */
  async withoutProgram(work: (databaseUrl: string) => Promise<void>): Promise<void> {
    await this.killProgram();
    await work(await this.databaseUrl());
    await this.startAgain();
  }

  /** Ends the program as a crash would, and leaves its PostgreSQL alone. */
  killProgram(): Promise<void> {
    return this.program!.kill('program');
  }

  /** Starts a killed program again; on request with more in its environment, or with another say of modules in its configuration. */
  async startAgain(variables: Readonly<Record<string, string>> = {}, modules?: object): Promise<void> {
    if (modules) await this.program!.configure(modules);
    await this.program!.start({ ...this.variables, ...variables });
  }

  /** Ends it, once it has started or failed to, and forgets its data. */
  close(): Promise<void> {
    return (this.closing ??= this.end());
  }

  private async end(): Promise<void> {
    opened.delete(this);
    await this.starting.catch(() => undefined);
    await this.program?.stop();
    await this.postgres?.stop();
    await this.program?.kill('postgres'); // Where the program was killed, nobody else ends it.
    await this.stack?.down();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async start({ node, postgres, nodeOptions }: StartWish): Promise<void> {
    const { mode, lanes = 1 } = this.wish;
    const inventory = { executors: { inventoryReservationIntake: { lanes } } };
    this.program = await Program.in(this.folder, node, { inventory });
    await makeCountedCluster(this.program.dataDir, postgres);
    if (mode === 'kafka') {
      this.stack = new Stack(this.program.dataDir);
      await this.stack.up();
    }
    await this.program.start(this.variables, nodeOptions);
  }

  private get variables(): Record<string, string> {
    const { mode, profile } = this.wish;
    return { ORDERKEEL_CHANGES: mode, ORDERKEEL_MODULES: profile === 'order' ? 'none' : 'inventory' };
  }
}

async function isAlive(pid: number): Promise<boolean> {
  return readFile(`/proc/${pid}/stat`).then(
    () => true,
    () => false,
  );
}
