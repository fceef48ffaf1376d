import 'reflect-metadata';
import { Command } from 'commander';
import { version } from '../../server/src/index.js';
import { startCommand } from './start/start.command.js';

const program = new Command('orderkeel')
  .description('Orderkeel: a clean-core order platform')
  .version(version())
  .addCommand(startCommand());

await program.parseAsync();
