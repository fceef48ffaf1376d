import { Command } from 'commander';

/** `orderkeel modules`. */
export function modulesCommand(): Command {
  return new Command('modules')
    .description('which modules this installation has switched on, and how their executors are')
    .addHelpText(
      'after',
      `
What is switched here is kept in the database, for all processes. ORDERKEEL_MODULES, and "modules" in
orderkeel.config.json, decide anew at every start: where they name a module, it is switched there.

Examples:
  $ npx orderkeel modules
  $ npx orderkeel modules disable inventory
  $ ORDERKEEL_MODULES=none npx orderkeel start     the order core alone`,
    )
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(switchCommand('enable', 'switch modules on: from the next start on, catching up with what they missed'))
    .addCommand(switchCommand('disable', 'switch modules off: their executors and routes, at once'));
}

function listCommand(): Command {
  return new Command('list')
    .description('all modules that were built')
    .option('--json', 'print them as one JSON value')
    .action(async (options: { json?: boolean }) => (await import('./modules.js')).listModules(options.json ?? false));
}

function switchCommand(step: 'enable' | 'disable', description: string): Command {
  return new Command(step)
    .description(description)
    .argument('<name...>', 'modules, such as inventory')
    .option('--json', 'print what was switched as one JSON value')
    .action(async (names: string[], options: { json?: boolean }) =>
      (await import('./switch-modules.js')).switchModules(names, step === 'enable', options.json ?? false),
    );
}
