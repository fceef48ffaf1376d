import { Command, Option } from 'commander';
import {
  builtDeclarations,
  openLog,
  readConfiguration,
  startServer,
  unknownVariables,
} from '../../../server/src/index.js';

/** `orderkeel start`: what `npm start` does. */
export function startCommand(): Command {
  return new Command('start')
    .description('start Orderkeel and keep it running')
    .option('--no-demo', 'start empty, without the sample orders')
    .addOption(new Option('--port <number>', 'listen on this port; 0: any free one'))
    .action(start);
}

async function start(options: { demo: boolean; port?: string }): Promise<void> {
  const variables = { ...process.env, ...(options.port === undefined ? {} : { ORDERKEEL_PORT: options.port }) };
  const configuration = readConfiguration(variables, builtDeclarations);
  const log = openLog(configuration.logLevel);
  for (const name of unknownVariables(variables)) log.warn(`${name} means nothing to Orderkeel; is it misspelt?`);
  const server = await startServer(configuration, log);
  process.stdout.write(`Orderkeel is listening on ${server.url}\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await server.stop();
}
