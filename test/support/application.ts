import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { SystemClock, type Clock, type Executor } from '@orderkeel/platform';
import { AppModule } from '../../apps/server/src/app.module.js';
import { builtDeclarations } from '../../apps/server/src/built-modules.js';
import {
  readConfigurationFile,
  type ConfigurationFile,
} from '../../apps/server/src/configuration/configuration-file.js';
import { executorsOf } from '../../apps/server/src/stream/executors.js';
import type { MigratedDatabase } from './migrated-database.js';

/** The program's modules on a spec's database, without HTTP and without a change stream. */
export interface TestApplication {
  readonly app: INestApplicationContext;
  /** An executor by its public name, with its real reaction. */
  executor(name: string): Executor;
  close(): Promise<void>;
}

/** The configuration that a spec wants; sources may name what nobody knows, unless it says otherwise. */
export function testConfiguration(content: Partial<ConfigurationFile> = {}): ConfigurationFile {
  const defaults = readConfigurationFile('none.json', false, builtDeclarations);
  return { ...defaults, sources: { '*': { unknownSku: 'accept', unknownCustomer: 'accept' } }, ...content };
}

/** Builds all modules on a database. */
export async function applicationOn(
  db: MigratedDatabase,
  options: { clock?: Clock; file?: ConfigurationFile } = {},
): Promise<TestApplication> {
  const file = options.file ?? testConfiguration();
  const enabled = new Set(builtDeclarations.map((declaration) => declaration.name));
  const clock = options.clock ?? new SystemClock();
  const parts = { clock, database: db.database, roles: db.roles, file, modules: null, enabled };
  const app = await NestFactory.createApplicationContext(AppModule.of(parts), { logger: false, abortOnError: false });
  const executors = executorsOf(app, enabled, file);
  return {
    app,
    executor: (name) => {
      const found = executors.find((executor) => executor.name === name);
      if (!found) throw new Error(`no executor ${name}; there are ${executors.map((each) => each.name).join(', ')}`);
      return found;
    },
    close: () => app.close(),
  };
}
