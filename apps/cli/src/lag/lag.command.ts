import { Command } from 'commander';

/** `orderkeel lag`. */
export function lagCommand(): Command {
  return new Command('lag')
    .description('how far each executor is behind')
    .option('--json', 'print them as one JSON value')
    .addHelpText(
      'after',
      `
0 events: everything that was committed before the question is applied. Without a running server lags are not known.

Examples:
  $ npx orderkeel lag
  $ npx orderkeel lag --json | jq '.[] | select(.lagEvents > 0)'`,
    )
    .action(async (options: { json?: boolean }) => (await import('./lag.js')).showLag(options.json ?? false));
}
