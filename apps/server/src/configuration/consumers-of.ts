import { executorOf, type ConfiguredConsumer, type OrderkeelModuleDeclaration } from '@orderkeel/platform';
import type { ConfigurationFile } from './configuration-file.js';

/** The executors of a module with their own switches; a module without any is remembered by its name. */
export function consumersOf(
  declaration: OrderkeelModuleDeclaration,
  enabled: boolean,
  file: ConfigurationFile,
): ConfiguredConsumer[] {
  const module = declaration.name;
  if (declaration.executors.length === 0) {
    return [{ executor: module, module, moduleEnabled: enabled, executorEnabled: true, version: 1 }];
  }
  return declaration.executors.map((executor) => {
    const { name, version } = executorOf(executor);
    const executorEnabled = file.modules[module]?.executors[name]?.enabled ?? true;
    return { executor: name, module, moduleEnabled: enabled, executorEnabled, version };
  });
}
