import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './until.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const START_MS = 90_000;

/** What of the program is killed. */
export type Victim = 'program' | 'postgres' | 'both';

/** The real program, started by its own command on its own data folder, and killed without a word. */
export class Program {
  /** Where it listens, another port after each start; null while it is dead. */
  url: string | null = null;
  starts = 0;
  private child: ChildProcess | null = null;

  private constructor(
    readonly dataDir: string,
    private readonly log: WriteStream,
    private readonly node: string,
  ) {}

  /**
   * Prepares it in an empty folder that anybody may enter; `node` is the Node.js that runs it, `modules` what its
   * configuration says of modules.
   */
  static async in(folder: string, node = process.execPath, modules: object = {}): Promise<Program> {
    const dataDir = join(folder, 'data');
    await mkdir(dataDir, { mode: 0o711 });
    const program = new Program(dataDir, createWriteStream(join(folder, 'program.log'), { flags: 'a' }), node);
    await program.configure(modules);
    return program;
  }

  /** Changes what its configuration says of modules, from the next start on. */
  async configure(modules: object): Promise<void> {
    const sources = { '*': { unknownSku: 'accept', unknownCustomer: 'accept' } };
    await writeFile(this.configFile, JSON.stringify({ sources, modules }));
  }

  /** Another one on the same data folder, as two that share the work of one stack; started one after the other. */
  beside(): Program {
    return new Program(this.dataDir, createWriteStream(join(this.dataDir, '../beside.log'), { flags: 'a' }), this.node);
  }

  /** Starts it and waits until it is ready; `variables` are further environment, `nodeOptions` options of Node.js. */
  async start(variables: Readonly<Record<string, string>> = {}, nodeOptions: readonly string[] = []): Promise<void> {
    const env = {
      ...process.env,
      ORDERKEEL_DATA_DIR: this.dataDir,
      ORDERKEEL_CONFIG: this.configFile,
      ORDERKEEL_PORT: '0',
      ...variables,
    };
    const child = spawn(this.node, [...nodeOptions, join(root, 'bin/orderkeel.js'), 'start', '--no-demo'], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.pipe(this.log, { end: false });
    child.stderr.pipe(this.log, { end: false });
    this.child = child;
    this.starts += 1;
    await until('the program listens', () => this.listens(child), START_MS);
    await this.untilReady();
  }

  /** Its process; null before it was ever started. */
  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  /** How it came to its end, e.g. `SIGKILL` or `exit code 1`; null while it runs, and before it was started. */
  get end(): string | null {
    const { exitCode, signalCode } = this.child ?? {};
    return signalCode ?? (typeof exitCode === 'number' ? `exit code ${exitCode}` : null);
  }

  /** All that it has written to stdout and stderr, of all its starts. */
  said(): Promise<string> {
    return readFile(join(this.dataDir, '..', 'program.log'), 'utf8');
  }

  /** The most memory that it has had resident since its start, and what it has now, bytes; Linux only. */
  async memory(): Promise<{ peak: number; now: number }> {
    const status = await readFile(`/proc/${this.child?.pid}/status`, 'utf8');
    const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024;
    return { peak: bytes('VmHWM'), now: bytes('VmRSS') };
  }

  async untilReady(): Promise<void> {
    const ready = () => fetch(`${this.url}/health/ready`).then(({ ok, body }) => body?.cancel().then(() => ok));
    await until('the program is ready', () => ready().catch(() => false), START_MS);
  }

  /** Ends what is named at once, as a crash would; a killed program is gone when this resolves. */
  async kill(victim: Victim): Promise<void> {
    if (victim !== 'program') killIfAlive(await this.postmaster());
    if (victim === 'postgres') return;
    const child = this.child!;
    this.url = null;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Lets it run no further, as a machine that is suspended would, until it is woken. */
  freeze(): void {
    this.child!.kill('SIGSTOP');
  }

  wake(): void {
    this.child?.kill('SIGCONT');
  }

  /** Stops in order, PostgreSQL included. */
  async stop(): Promise<void> {
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }
    this.log.end();
  }

  /** URL of the superuser, as the data folder knows it just now. */
  async adminUrl(): Promise<string> {
    const { admin } = JSON.parse(await readFile(join(this.dataDir, 'secrets.json'), 'utf8')) as { admin: string };
    const [, , , port] = (await this.pidFile()).split('\n');
    return `postgres://orderkeel_admin:${admin}@127.0.0.1:${port!.trim()}/orderkeel`;
  }

  /** The process of the PostgreSQL on its data folder; null when there is none. */
  async postmaster(): Promise<number | null> {
    const pid = Number((await this.pidFile().catch(() => '')).split('\n', 1)[0]);
    return pid > 0 ? pid : null;
  }

  private get configFile(): string {
    return join(this.dataDir, '..', 'orderkeel.config.json');
  }

  private async listens(child: ChildProcess): Promise<boolean> {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}: see program.log`);
    const text = await readFile(join(this.dataDir, 'server.json'), 'utf8').catch(() => '{}');
    const { pid, url } = JSON.parse(text) as { pid?: number; url?: string };
    if (pid !== child.pid || url === undefined) return false;
    this.url = url;
    return true;
  }

  private pidFile(): Promise<string> {
    return readFile(join(this.dataDir, 'postgres/cluster/postmaster.pid'), 'utf8');
  }
}

function killIfAlive(pid: number | null): void {
  if (pid === null) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
