import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How a program ended: `code` is null when it could not be run at all. */
export interface ToolResult {
  readonly code: number | null;
  /** What it printed on both streams. */
  readonly output: string;
}

/** Runs a program to its end; its failure is a result and no error. Our own variables, which may hold passwords, stay here. */
export async function runTool(file: string, args: readonly string[]): Promise<ToolResult> {
  try {
    const { stdout, stderr } = await run(file, args, { env: foreignEnvironment(), maxBuffer: 16 * 1024 * 1024 });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const failed = error as { code?: unknown; stdout?: string; stderr?: string; message: string };
    if (typeof failed.code !== 'number') return { code: null, output: failed.message };
    return { code: failed.code, output: `${failed.stdout ?? ''}${failed.stderr ?? ''}` };
  }
}

/** The environment without what is Orderkeel's. */
function foreignEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ORDERKEEL_')));
}
