import { EXIT, type ExitCode } from './exit-code.js';

/** What to tell people about a failure, and the exit code. An empty text: it was told already. */
export interface Explanation {
  readonly text: string;
  readonly exitCode: ExitCode;
}

interface Failure {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly exitCode?: unknown;
  readonly address?: unknown;
  readonly port?: unknown;
  readonly errors?: readonly unknown[];
}

/** Turns what a command threw into a paragraph whose last line says what to do (interfaces 7). */
export function explain(error: unknown): Explanation {
  const failure = (typeof error === 'object' && error !== null ? error : {}) as Failure;
  const code = typeof failure.code === 'string' ? failure.code : '';
  if (code.startsWith('commander.'))
    return { text: '', exitCode: failure.exitCode === 0 ? EXIT.done : EXIT.wrongUsage };
  if (code === 'told') return { text: '', exitCode: EXIT.failed };
  if (code === 'EADDRINUSE') return { text: portTaken(failure), exitCode: EXIT.failed };
  if (code === 'EACCES' && failure.port !== undefined) return { text: portForbidden(failure), exitCode: EXIT.failed };
  const text = textOf(error, failure);
  // Our own codes are words in lower case, and their messages say what to do; others come from Node.js or PostgreSQL.
  if (/^[a-z]+(-[a-z]+)*$/.test(code))
    return { text, exitCode: code === 'wrong-usage' ? EXIT.wrongUsage : EXIT.failed };
  return { text: `${text}${code && ` (${code})`}\n${ADVICE}`, exitCode: EXIT.failed };
}

const ADVICE =
  'Run "npx orderkeel doctor", which says what is wrong here; ORDERKEEL_LOG_LEVEL=debug makes the log say more.';

function portTaken({ address, port }: Failure): string {
  return (
    `Port ${String(port)} of ${String(address)} is taken by another program. Stop that program, or choose another port ` +
    `with --port or ORDERKEEL_PORT (0 takes any free one).`
  );
}

function portForbidden({ port }: Failure): string {
  return `You may not listen on port ${String(port)}: choose one above 1023 with --port or ORDERKEEL_PORT.`;
}

/** A refused connection to a name with several addresses has no message of its own, only parts. */
function textOf(error: unknown, { message, errors }: Failure): string {
  if (typeof message === 'string' && message !== '') return message;
  if (errors) return errors.map((part) => textOf(part, part as Failure)).join('\n');
  return typeof error === 'string' ? error : 'It failed without a reason.';
}
