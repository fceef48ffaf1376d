import { parseArgs } from 'node:util';
import { StackError } from './stack-error.js';

/** What a stack command may be told. */
export interface Options {
  /** True: one JSON value on stdout, and nothing else. */
  readonly json: boolean;
}

/** Runs one stack command; a failure is told to people on stderr and ends with exit code 1, wrong usage with 2. */
export async function runProgram(command: string, work: (options: Options) => Promise<void>): Promise<void> {
  try {
    await work(readOptions(command));
  } catch (error) {
    const { code, message, stack } = error as { code?: unknown; message: string; stack?: string };
    // Our own codes are words in lower case, and their messages say what to do.
    const ours = typeof code === 'string' && /^[a-z]+(-[a-z]+)*$/.test(code);
    process.stderr.write(`${ours ? message : (stack ?? message)}\n`);
    process.exitCode = code === 'wrong-usage' ? 2 : 1;
  }
}

/** A line for people, on stdout. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function readOptions(command: string): Options {
  try {
    const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
    return { json: values.json };
  } catch (error) {
    throw new StackError('wrong-usage', `${(error as Error).message}\nUsage: npm run -s ${command} [-- --json]`);
  }
}
