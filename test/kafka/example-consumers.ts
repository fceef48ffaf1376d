import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

/** One of the example programs, with what it needs to run here. */
export interface Example {
  readonly title: string;
  readonly command: readonly [string, ...string[]];
  /** A module of Python that it would rather use, and that a run keeps from it. */
  readonly hidden: string | null;
}

/** One line of an example's file. */
export interface KeptChange {
  readonly op: string;
  readonly id: string;
  readonly row: Readonly<Record<string, unknown>> | null;
}

const onNode: Example = {
  title: 'kafkajs',
  command: [process.execPath, join(examples, 'follow-changes.mjs')],
  hidden: null,
};

/** The examples that can run here; says aloud which cannot, and what is to be installed. */
export function examplesHere(): Example[] {
  const python = ['confluent_kafka', 'kafka'].map((client) => onPython(client));
  return [onNode, ...python.flatMap((example) => example ?? [])];
}

/** Debian's packages are those of its own Python, which need not be the first on the path. */
function onPython(client: string): Example | null {
  const python = ['python3', '/usr/bin/python3'].find((each) => canImport(each, client));
  if (python === undefined) {
    const name = `python3-${client.replace('_', '-')}`;
    console.warn(`SKIPPED: the example in Python with ${client}. Install it with: apt install ${name}`);
    return null;
  }
  const hidden = client === 'kafka' ? 'confluent_kafka' : null;
  return { title: `Python, ${client}`, command: [python, join(examples, 'follow_changes.py')], hidden };
}

function canImport(python: string, client: string): boolean {
  try {
    execFileSync(python, ['-c', `import ${client}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** An example program with a file of its own, started and ended as often as a test likes. */
export class ExampleRun {
  stderr = '';
  private child: ChildProcess | null = null;
  private readonly folder = mkdtempSync(join(tmpdir(), 'orderkeel-example-'));

  constructor(
    private readonly example: Example,
    private readonly variables: Readonly<Record<string, string>>,
  ) {}

  /** What it has kept so far; half a line is not counted. */
  get kept(): KeptChange[] {
    const text = readFileSync(this.path, { encoding: 'utf8', flag: 'a+' });
    const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
    return lines.filter(Boolean).map((line) => JSON.parse(line) as KeptChange);
  }

  /** Starts it in a consumer group. */
  start(group: string): void {
    const { command, hidden } = this.example;
    if (hidden !== null) writeFileSync(join(this.folder, `${hidden}.py`), 'raise ImportError("hidden")\n');
    const python = { PYTHONPATH: this.folder, PYTHONDONTWRITEBYTECODE: '1' };
    const [program, ...args] = command;
    const env = { ...process.env, ...python, ...this.variables, KAFKA_GROUP: group };
    this.child = spawn(program, [...args, this.path], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
  }

  /** Ends it, in order unless another signal is named; gives its exit code. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const { child } = this;
    if (!child) return null;
    this.child = null;
    if (child.exitCode === null && child.signalCode === null) {
      const closed = once(child, 'close');
      child.kill(signal);
      await closed;
    }
    return child.exitCode;
  }

  async remove(): Promise<void> {
    await this.end('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get path(): string {
    return join(this.folder, 'changes.ndjson');
  }
}
