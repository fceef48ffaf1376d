import { Command } from 'commander';

/** `orderkeel orders`. */
export function ordersCommand(): Command {
  return new Command('orders').description('look at orders').addCommand(showCommand());
}

function showCommand(): Command {
  return new Command('show')
    .description('an order, its lines as they stand now, and its timeline')
    .argument('<id>', "the order's id, or its external order id or order intent id where only one order has it")
    .option('--json', 'print order and timeline as one JSON value')
    .addHelpText(
      'after',
      `
Examples:
  $ npx orderkeel orders show 536365
  $ npx orderkeel orders show 0199e2a4-5b7c-8d1e-9f20-3a4b5c6d7e8f --json`,
    )
    .action(async (id: string, options: { json?: boolean }) =>
      (await import('./show-order.js')).showOrder(id, options.json ?? false),
    );
}
