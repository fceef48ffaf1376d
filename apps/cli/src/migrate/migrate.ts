import {
  builtDeclarations,
  embeddedFolder,
  installOn,
  locateDatabase,
  pendingIn,
  readConfiguration,
  readConnector,
  runningDatabase,
  type Configuration,
  type LocatedDatabase,
  type Pending,
} from '../../../server/src/index.js';
import { CommandFailure } from '../exit/command-failure.js';
import { nothingThere } from '../reach/reach.js';
import { counted } from '../terminal/numbers.js';
import { say } from '../terminal/say.js';

/** Installs what is missing, or with `check` only says what that is and fails with `pending`. */
export async function migrate(check: boolean): Promise<void> {
  const configuration = readConfiguration(process.env, builtDeclarations);
  const { slot, publication } = await readConnector(configuration);
  const located = await reach(configuration, slot, check);
  try {
    const pending = await pendingIn(located, Date.now());
    if (check) return tell(pending);
    const { grantsChanged } = await installOn(located, publication);
    say(...sentences(pending), done(pending, grantsChanged));
  } finally {
    await located.embedded?.stop();
  }
}

/** A question makes no database; the command itself does. */
async function reach(configuration: Configuration, slot: string, check: boolean): Promise<LocatedDatabase> {
  if (check && !configuration.urls && (await embeddedFolder(configuration.dataDir)) === null)
    throw nothingThere(configuration.dataDir);
  const running = configuration.urls ? null : await runningDatabase(configuration);
  const people = { info: (message: string) => say(message), warn: (message: string) => say(message) };
  return running ?? locateDatabase(configuration, slot, { log: people });
}

function tell(pending: Pending): void {
  say(...sentences(pending));
  if (isNothing(pending)) return say('Nothing is missing: the database is what this program needs.');
  throw new CommandFailure('pending', 'The database is behind this program: run "npx orderkeel migrate", or start it.');
}

function sentences({ migrations, partitions }: Pending): string[] {
  return [...migrations.map((name) => `migration ${name}`), ...partitions.map((name) => `partition ${name}`)];
}

function isNothing({ migrations, partitions }: Pending): boolean {
  return migrations.length === 0 && partitions.length === 0;
}

function done(pending: Pending, grantsChanged: boolean): string {
  if (isNothing(pending)) return grantsChanged ? 'Roles and grants are up to date again.' : 'Nothing was missing.';
  const { migrations, partitions } = pending;
  const parts = [
    migrations.length > 0 ? counted(migrations.length, 'migration') : '',
    partitions.length > 0 ? counted(partitions.length, 'partition') : '',
  ];
  return `Done: ${parts.filter(Boolean).join(', ')}.`;
}
