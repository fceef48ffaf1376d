import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { SOURCE_POLICIES } from '@orderkeel/order';
import {
  API_SERVED,
  CLOCK,
  CONTRACTS,
  Database,
  RoleNames,
  settingsToken,
  SWITCHABLE_MODULES,
  type Clock,
} from '@orderkeel/platform';
import { builtDeclarations } from './built-modules.js';
import { switchableModules, type Deciding } from './configuration/switchable-modules.js';

/** What every module of the program may ask for. */
export interface InstallationParts extends Deciding {
  readonly clock: Clock;
  readonly database: Database;
  readonly roles: RoleNames;
  /** False in a process that runs executors only: the modules' routes are not there. */
  readonly serves?: boolean;
}

/** The installation as providers: database, clock, contracts, policies, switches and the modules' settings. */
@Module({})
export class InstallationModule {
  static of({ clock, database, roles, file, modules, serves = true }: InstallationParts): DynamicModule {
    const settings = builtDeclarations.map(({ name }) => ({
      provide: settingsToken(name),
      useValue: file.modules[name]?.settings ?? {},
    }));
    const providers: Provider[] = [
      { provide: API_SERVED, useValue: serves },
      { provide: CLOCK, useValue: clock },
      { provide: Database, useValue: database },
      { provide: RoleNames, useValue: roles },
      { provide: CONTRACTS, useValue: builtDeclarations.flatMap((declaration) => declaration.publishes) },
      { provide: SWITCHABLE_MODULES, useValue: switchableModules(builtDeclarations, { file, modules }) },
      { provide: SOURCE_POLICIES, useValue: file.sources },
      ...settings,
    ];
    return { module: InstallationModule, global: true, providers, exports: providers.map(tokenOf) };
  }
}

function tokenOf(provider: Provider) {
  return typeof provider === 'function' ? provider : provider.provide;
}
