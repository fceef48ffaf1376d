import type { INestApplicationContext } from '@nestjs/common';
import { executorOf, type Executor, type Reaction } from '@orderkeel/platform';
import { builtDeclarations } from '../built-modules.js';
import type { ConfigurationFile } from '../configuration/configuration-file.js';
import type { Configuration } from '../configuration/configuration.js';
import { lanesOf } from '../database/connection-shares.js';

/** All executors that this program was built with, by the module that has them and the contract that they hear. */
export function builtExecutors() {
  return builtDeclarations.flatMap(({ name: module, executors }) =>
    executors.map(executorOf).map(({ name, contract }) => ({ name, module, contract })),
  );
}

/** The executors of the enabled modules, with their reactions out of Nest's container. */
export function executorsOf(
  app: INestApplicationContext,
  enabled: ReadonlySet<string>,
  file: ConfigurationFile,
): Executor[] {
  return builtDeclarations
    .filter((declaration) => enabled.has(declaration.name))
    .flatMap((declaration) =>
      declaration.executors.map((type) => {
        const { name, contract, version, patienceMs } = executorOf(type);
        const lanes = lanesOf(file, declaration.name, name);
        const reaction = app.get<Reaction>(type, { strict: false });
        return { name, module: declaration.name, contract, version, patienceMs, lanes, reaction };
      }),
    );
}

/** Those of them that this process is to run. */
export function runHere(executors: readonly Executor[], { run }: Configuration): readonly Executor[] {
  return executors.filter(({ module }) => run?.includes(module) ?? true);
}
