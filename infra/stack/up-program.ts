// `npm run stack:up`: leaves PostgreSQL, a Kafka broker, Kafka Connect and the Debezium connector running on the data folder.
import { builtDeclarations, readConfiguration } from '../../apps/server/src/index.js';
import { askedPorts } from './asked-ports.js';
import { runProgram, say } from './run-program.js';
import { inStackFolder, stackFolder } from './stack-folder.js';
import { up } from './up.js';

process.once('SIGINT', () => {
  process.stderr.write(
    'Interrupted: what has started goes on. npm run stack:up finishes, npm run stack:down ends it.\n',
  );
  process.exit(130);
});
await runProgram('stack:up', async ({ json }) => {
  // How programs read changes, and which of them run where, is nothing that a stack has to do with.
  const variables = { ...process.env, ORDERKEEL_CHANGES: undefined, ORDERKEEL_RUN: undefined };
  const configuration = readConfiguration(variables, builtDeclarations);
  const asked = askedPorts(process.env);
  const folder = stackFolder(configuration.dataDir);
  const tell = json ? (line: string) => void process.stderr.write(`${line}\n`) : say;
  const file = await inStackFolder(folder, () => up({ folder, configuration, asked, say: tell }));
  if (json) return say(JSON.stringify(file, null, 2));
  say(`The stack runs: broker ${file.brokers.join(',')}, Kafka Connect ${file.connectUrl}, logs in ${folder.root}`);
  say('ORDERKEEL_CHANGES=kafka npm start uses it; npm run stack:status looks at it; npm run stack:down ends it.');
});
