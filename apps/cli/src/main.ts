import 'reflect-metadata';
import { Command } from 'commander';
import { version } from '../../server/src/version.js';
import { doctorCommand } from './doctor/doctor.command.js';
import { explain } from './exit/explain.js';
import { importCommand } from './import-files/import.command.js';
import { lagCommand } from './lag/lag.command.js';
import { migrateCommand } from './migrate/migrate.command.js';
import { modulesCommand } from './modules/modules.command.js';
import { parkedCommand } from './parked/parked.command.js';
import { ordersCommand } from './show-order/orders.command.js';
import { startCommand } from './start/start.command.js';

const program = new Command('orderkeel')
  .description('Orderkeel, a clean-core order platform: order intents become orders, modules react, nothing is lost.')
  .version(version(), '-v, --version', 'the version of this program')
  .helpOption('-h, --help', 'what a command does, with examples')
  .addHelpText(
    'after',
    `
Exit codes: 0 done; 1 failed (the last line says what to do); 2 wrong usage; 3 done, with refused lines;
4 doctor found something.

Data is kept in ./.orderkeel (ORDERKEEL_DATA_DIR). Commands talk to the server that runs on it, else to its database.

Examples:
  $ npx orderkeel start
  $ npx orderkeel orders show 536365
  $ npx orderkeel doctor`,
  );
for (const command of [
  startCommand(),
  migrateCommand(),
  importCommand(),
  ordersCommand(),
  modulesCommand(),
  lagCommand(),
  parkedCommand(),
  doctorCommand(),
])
  program.addCommand(command);
prepare(program, 'npx orderkeel');

// Whoever read along has gone (`... | head`, a closed terminal): that ends no server.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  await program.parseAsync();
} catch (error) {
  const { text, exitCode } = explain(error);
  if (text !== '') process.stderr.write(`${text}\n`);
  // At once: what was given up may still wait for something.
  process.exit(exitCode);
}

/** Wrong usage is thrown, so that its exit code is ours, and said with where to read on. */
function prepare(command: Command, path: string): void {
  command.exitOverride().showHelpAfterError(`Try "${path} --help".`).helpCommand(false);
  for (const child of command.commands) prepare(child, `${path} ${child.name()}`);
}
