// The built program, spawned for real: what people type, what they read, and how it ends.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { until } from '../support/until.js';

/** How a command ended, and all that it printed. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs on. */
export interface Running {
  readonly pid: number;
  stdout(): string;
  stderr(): string;
  /** Waits for text on stdout. */
  says(text: string, limitMs?: number): Promise<void>;
  /** Waits for its end. */
  ended(): Promise<Ended>;
  end(signal: NodeJS.Signals): Promise<Ended>;
}

/** A server that listens. */
export interface Listening extends Running {
  readonly url: string;
}

type Variables = Readonly<Record<string, string>>;

const PROGRAM = fileURLToPath(new URL('../../bin/orderkeel.js', import.meta.url));

/** Runs a command to its end. */
export async function run(args: readonly string[], variables: Variables): Promise<Ended> {
  const child = spawned(args, variables);
  const printed = record(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: printed.stdout(), stderr: printed.stderr() };
}

/** Starts Orderkeel on any free port and waits until it listens. */
export async function start(args: readonly string[], variables: Variables): Promise<Listening> {
  const running = begin(['start', ...args], { ORDERKEEL_PORT: '0', ...variables });
  await running.says('Orderkeel is listening on ');
  const url = /^Orderkeel is listening on (http:\S+)$/m.exec(running.stdout())?.[1] ?? '';
  return { ...running, url };
}

/** Begins a command and lets it run on. */
export function begin(args: readonly string[], variables: Variables): Running {
  const child = spawned(args, variables);
  const printed = record(child);
  const closed = once(child, 'close') as Promise<[number | null]>;
  const ended = async () => {
    const [code] = await closed;
    return { code, stdout: printed.stdout(), stderr: printed.stderr() };
  };
  return {
    pid: child.pid ?? 0,
    ...printed,
    says: async (text, limitMs = 60_000) => {
      const isSaid = () => printed.stdout().includes(text) || refuseEnded(child, printed);
      await until(`it says ${text}`, isSaid, limitMs);
    },
    ended,
    end: async (signal) => {
      child.kill(signal);
      return ended();
    },
  };
}

/** The last line of what a command printed. */
export function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}

function spawned(args: readonly string[], variables: Variables): ChildProcess {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('ORDERKEEL_'));
  const env = { ...Object.fromEntries(own), ...variables };
  return spawn(process.execPath, [PROGRAM, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

function record(child: ChildProcess) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => stdout.push(piece));
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => stderr.push(piece));
  return { stdout: () => stdout.join(''), stderr: () => stderr.join('') };
}

function refuseEnded(child: ChildProcess, printed: ReturnType<typeof record>): false {
  if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${printed.stderr()}`);
  return false;
}
