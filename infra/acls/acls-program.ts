// `npm run -s stack:acls -- part=User:name ...`: what each part of the installation must be allowed in Kafka, on stdout, as the
// commands that allow it.
import { builtDeclarations, readConfiguration } from '../../apps/server/src/index.js';
import { readValues } from '../debezium/read-values.js';
import { aclCommands } from './acl-commands.js';
import { neededAcls, principals } from './needed-acls.js';
import { readInstallation } from './read-installation.js';

try {
  const named = readValues(process.argv.slice(2));
  const variables = { ...process.env, ORDERKEEL_CHANGES: undefined, ORDERKEEL_RUN: undefined };
  const installation = await readInstallation(readConfiguration(variables, builtDeclarations));
  process.stdout.write(aclCommands(neededAcls(installation, principals(installation, named))));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
