import { Command } from 'commander';

/** `orderkeel modules`. */
export function modulesCommand(): Command {
  return new Command('modules')
    .description('which modules this installation has switched on, and how their executors are')
    .option('--json', 'print them as one JSON value')
    .addHelpText(
      'after',
      `
ORDERKEEL_MODULES, or "modules" in orderkeel.config.json, switches modules on and off at the next start.

Examples:
  $ npx orderkeel modules
  $ ORDERKEEL_MODULES=none npx orderkeel start     the order core alone`,
    )
    .action(async (options: { json?: boolean }) => (await import('./modules.js')).listModules(options.json ?? false));
}
