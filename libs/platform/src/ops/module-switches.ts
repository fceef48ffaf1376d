import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { tellReader } from '../change-source/control-channel.js';
import { Problem } from '../http/problem/problem.js';
import { configureConsumers, enabledModules } from '../reaction/consumer-switches.store.js';
import { ChangeStreamView } from './change-stream-view.js';
import { EnabledModules } from './enabled-modules.js';
import { refusalOf, SWITCHABLE_MODULES, type SwitchableModule } from './switchable-module.js';

/**
 * Switches modules on and off in the stored set, which is the same for all processes (architecture 8). The routes and
 * executors of a module that is switched off are gone at once; those of one that was off at the start come with the next
 * start.
 */
@Injectable()
export class ModuleSwitches {
  constructor(
    private readonly db: Database,
    private readonly stream: ChangeStreamView,
    private readonly enabled: EnabledModules,
    @Inject(SWITCHABLE_MODULES) private readonly built: readonly SwitchableModule[],
  ) {}

  /** Stores it. @throws Problem `not-found`; `invalid-request` for the core, and where the configuration decides */
  async set(name: string, enabled: boolean): Promise<void> {
    const wanted = this.built.find((module) => module.name === name);
    if (!wanted) throw Problem.notFound(`module ${name}`);
    const message = refusalOf(wanted, enabled);
    if (message !== null) throw Problem.invalid([{ parameter: 'module', code: 'not-switchable', message }]);
    await this.db.bookkeeping(async (tx) => {
      // A database on which nothing was ever started has no set yet, and all that is built is on.
      const isNew = (await enabledModules(tx)) === null;
      const others = isNew ? this.built.filter((module) => module !== wanted) : [];
      const configured = [...others.flatMap((module) => module.consumers(true)), ...wanted.consumers(enabled)];
      const changes = await configureConsumers(tx, configured);
      if (changes.length > 0) await tellReader(tx, this.stream.slot, changes.join('; '));
    });
    this.enabled.forget();
  }
}
