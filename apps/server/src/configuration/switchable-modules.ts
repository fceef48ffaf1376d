import type { OrderkeelModuleDeclaration, SwitchableModule } from '@orderkeel/platform';
import type { Configuration } from './configuration.js';
import { consumersOf } from './consumers-of.js';

/** What the configuration says about who decides: `modules` are those that the environment names, null if it names none. */
export type Deciding = Pick<Configuration, 'file' | 'modules'>;

/** The modules that were built, as far as they may be switched while the configuration is what it is. */
export function switchableModules(
  declarations: readonly OrderkeelModuleDeclaration[],
  deciding: Deciding,
): SwitchableModule[] {
  return declarations.map((declaration) => ({
    name: declaration.name,
    optional: declaration.optional,
    decidedBy: decidedBy(declaration.name, deciding),
    consumers: (enabled) => consumersOf(declaration, enabled, deciding.file),
  }));
}

/** As a start settles it: the environment, which speaks of all modules at once, then the file. */
function decidedBy(name: string, { file, modules }: Deciding): string | null {
  if (modules !== null) return 'ORDERKEEL_MODULES';
  return file.modules[name]?.enabled === undefined ? null : `the configuration file (modules.${name}.enabled)`;
}
