import {
  type Database,
  type OrderkeelModuleDeclaration,
  configureConsumers,
  enabledModules,
  tellReader,
} from '@orderkeel/platform';
import { ConfigurationError } from './configuration-error.js';
import type { Configuration } from './configuration.js';
import { consumersOf } from './consumers-of.js';

/** Which modules this installation has switched on; said once per change. */
export interface Enabled {
  readonly modules: ReadonlySet<string>;
  /** Sentences about what has changed in the stored set. */
  readonly changes: readonly string[];
}

/**
 * Settles what is enabled: the environment, else the file, else what the installation has stored, else all that is
 * built. The result is stored, and is the same for all processes (architecture 8); one that reads the slot already looks
 * at the executors again.
 */
export async function settleEnabled(
  db: Database,
  configuration: Configuration,
  declarations: readonly OrderkeelModuleDeclaration[],
  slot: string,
): Promise<Enabled> {
  return db.bookkeeping(async (tx) => {
    const stored = await enabledModules(tx);
    const isEnabled = ({ name, optional }: OrderkeelModuleDeclaration): boolean => {
      if (!optional) return true;
      if (configuration.modules) return configuration.modules.includes(name);
      return configuration.file.modules[name]?.enabled ?? stored?.includes(name) ?? true;
    };
    const configured = declarations.flatMap((declaration) =>
      consumersOf(declaration, isEnabled(declaration), configuration.file),
    );
    const changes = await configureConsumers(tx, configured);
    if (changes.length > 0) await tellReader(tx, slot, changes.join('; '));
    const modules = declarations.filter(isEnabled).map((declaration) => declaration.name);
    if (configuration.changes === 'embedded') refuseSubset(configuration.run, modules);
    return { modules: new Set(modules), changes: stored ? changes : [] };
  });
}

/** One process reads the whole embedded stream, so it must run all that hears it. */
function refuseSubset(run: readonly string[] | null, enabled: readonly string[]): void {
  const missing = run ? [...enabled, 'http'].filter((name) => name !== 'commerce-core' && !run.includes(name)) : [];
  if (missing.length === 0) return;
  throw new ConfigurationError(
    `ORDERKEEL_RUN leaves out ${missing.join(', ')}: running a subset needs ORDERKEEL_CHANGES=kafka`,
  );
}
