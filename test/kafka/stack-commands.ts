import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { StackFile } from '../../infra/stack/stack-file.js';
import type { StackStatus } from '../../infra/stack/status/stack-status.js';

/** How a command ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Variables = Readonly<Record<string, string>>;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** The stack of one data folder, as its user commands it. */
export class Stack {
  constructor(
    readonly dataDir: string,
    private readonly variables: Variables = {},
  ) {}

  /** Starts or repairs it; throws what the command says when it fails. */
  async up(variables: Variables = {}): Promise<StackFile> {
    return JSON.parse(await this.succeed('up', variables)) as StackFile;
  }

  /** Ends it; gives the names of what was ended. */
  async down(): Promise<string[]> {
    return (JSON.parse(await this.succeed('down')) as { ended: string[] }).ended;
  }

  async status(): Promise<StackStatus> {
    return JSON.parse(await this.succeed('status')) as StackStatus;
  }

  /** Runs a command to its end, whatever that is. */
  async run(command: 'up' | 'down' | 'status', variables: Variables = {}): Promise<Ended> {
    const env = { ...process.env, ORDERKEEL_DATA_DIR: this.dataDir, ...this.variables, ...variables };
    const args = ['--import', './tools/typescript-hooks.mjs', `infra/stack/${command}-program.ts`, '--json'];
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, ...said };
  }

  private async succeed(command: 'up' | 'down' | 'status', variables: Variables = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(command, variables);
    if (code !== 0) throw new Error(`stack:${command} ended with ${code}: ${stderr}`);
    return stdout;
  }
}
