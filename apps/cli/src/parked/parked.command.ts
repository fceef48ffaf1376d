import { Command } from 'commander';

const EXAMPLES = `
A key is parked when its events fail; the other keys go on. It is tried again after a while by itself, with its events
in order. Skipping puts them aside, with who did it and why: nothing vanishes.

Examples:
  $ npx orderkeel parked
  $ npx orderkeel parked show inventoryReservationIntake 0199e2a4-5b7c-8d1e-9f20-3a4b5c6d7e8f
  $ npx orderkeel parked retry --error-class 23514
  $ npx orderkeel parked skip inventoryReservationIntake 0199e2a4-5b7c-8d1e-9f20-3a4b5c6d7e8f --reason "test order"`;

/** `orderkeel parked`. */
export function parkedCommand(): Command {
  return new Command('parked')
    .description('keys whose events failed: look at them, try them again, or skip them')
    .addHelpText('after', EXAMPLES)
    .addCommand(listCommand(), { isDefault: true })
    .addCommand(showCommand())
    .addCommand(retryCommand())
    .addCommand(skipCommand());
}

function listCommand(): Command {
  return new Command('list')
    .description('all parked keys')
    .option('--json', 'print them as one JSON value')
    .action(async (options: { json?: boolean }) => (await import('./list.js')).listParked(options.json ?? false));
}

function showCommand(): Command {
  return onKey(new Command('show').description('one parked key, and the events that wait behind it'))
    .option('--json', 'print it as one JSON value')
    .action(async (executor: string, key: string, options: { json?: boolean }) =>
      (await import('./show.js')).showParked(executor, key, options.json ?? false),
    );
}

function retryCommand(): Command {
  return new Command('retry')
    .description('try a key again within a second, or all keys that failed alike')
    .argument('[executor]', 'the executor that parked it')
    .argument('[key]', 'the parked key')
    .option('--error-class <code>', 'all keys that failed with this SQLSTATE or code')
    .action(async (executor: string | undefined, key: string | undefined, options: { errorClass?: string }) =>
      (await import('./retry.js')).retryParked({ executor, key, ...options }),
    );
}

function skipCommand(): Command {
  return onKey(new Command('skip').description("put a key's events aside for good"))
    .requiredOption('--reason <text>', 'why; it is kept with the events')
    .action(async (executor: string, key: string, options: { reason: string }) =>
      (await import('./skip.js')).skipParked(executor, key, options.reason),
    );
}

function onKey(command: Command): Command {
  return command.argument('<executor>', 'the executor that parked it').argument('<key>', 'the parked key');
}
