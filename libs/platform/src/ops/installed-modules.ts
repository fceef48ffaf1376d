import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { ConsumerState } from '../reaction/consumer.store.js';

/** A module and its executors, as this installation has them switched (architecture 8). */
export interface InstalledModule {
  readonly module: string;
  readonly enabled: boolean;
  readonly executors: readonly {
    readonly executor: string;
    /** The executor's own switch; it runs when its module is enabled as well. */
    readonly enabled: boolean;
    readonly state: ConsumerState;
  }[];
}

/** What the database has stored about the modules: the same for all processes of the installation. */
@Injectable()
export class InstalledModules {
  constructor(private readonly db: Database) {}

  /** All modules that any program of this installation was built with, by name. */
  async list(): Promise<InstalledModule[]> {
    return this.db.bookkeeping((tx) =>
      tx.query<InstalledModule>(
        `SELECT module, bool_or(module_enabled) AS enabled,
                COALESCE(jsonb_agg(jsonb_build_object('executor', executor, 'enabled', executor_enabled, 'state', state)
                                   ORDER BY executor) FILTER (WHERE executor <> module), '[]') AS executors
           FROM cdc.consumer GROUP BY module ORDER BY module`,
      ),
    );
  }
}
