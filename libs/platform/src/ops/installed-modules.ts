import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { readModules, type StoredModule } from '../reaction/consumer-switches.store.js';

/** What the database has stored about the modules: the same for all processes of the installation. */
@Injectable()
export class InstalledModules {
  constructor(private readonly db: Database) {}

  /** All modules that any program of this installation was built with, by name. */
  async list(): Promise<StoredModule[]> {
    return this.db.bookkeeping(readModules);
  }
}
