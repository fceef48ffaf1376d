import { Command } from 'commander';

/** `orderkeel doctor`. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('look at everything Orderkeel needs, and say what is wrong and what to do about it')
    .option('--json', 'print what was looked at and found as one JSON value')
    .addHelpText(
      'after',
      `
It changes nothing. Where no server runs, the embedded PostgreSQL is started for so long. Exit code 4: it found something.

Examples:
  $ npx orderkeel doctor
  $ npx orderkeel doctor --json | jq '.checks[] | select(.ok | not)'`,
    )
    .action(async (options: { json?: boolean }) => (await import('./doctor.js')).doctor(options.json ?? false));
}
