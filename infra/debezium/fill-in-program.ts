// `npm run -s stack:connector -- property=value ...`: the connector file as Kafka Connect gets it, on stdout: its configuration
// with the names of ORDERKEEL_NAMESPACE and these values, held to the rules of the embedded reader.
import { builtDeclarations, fillIn, readConfiguration } from '../../apps/server/src/index.js';
import { readValues } from './read-values.js';

try {
  const values = readValues(process.argv.slice(2));
  const variables = { ...process.env, ORDERKEEL_CHANGES: undefined, ORDERKEEL_RUN: undefined };
  const { config } = await fillIn(readConfiguration(variables, builtDeclarations), values);
  process.stdout.write(`${JSON.stringify(config, null, 2)}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
