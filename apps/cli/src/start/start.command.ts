import { Command, InvalidArgumentError } from 'commander';

/** What the command line says of a start. */
export interface StartOptions {
  readonly demo: boolean;
  readonly port?: string;
}

/** `orderkeel start`: what `npm start` does. */
export function startCommand(): Command {
  return new Command('start')
    .description(
      'start Orderkeel, with its own PostgreSQL unless ORDERKEEL_DATABASE_URL names yours, and keep it running',
    )
    .option('--no-demo', 'start empty: without the sample orders that a first start brings in')
    .option('--port <number>', 'listen on this port instead of ORDERKEEL_PORT (3000); 0 takes any free one', port)
    .addHelpText(
      'after',
      `
Ctrl-C stops it in order; the data stays, and the next start goes on from there.

Examples:
  $ npm start                                     with sample orders of a real wholesaler, the first time
  $ npx orderkeel start --no-demo --port 0        empty, on any free port
  $ ORDERKEEL_DATA_DIR=/srv/shop npx orderkeel start`,
    )
    .action(async (options: StartOptions) => (await import('./start.js')).start(options));
}

function port(text: string): string {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return text;
  throw new InvalidArgumentError('It must be a number from 0 to 65535.');
}
