import { settingsToken } from '@orderkeel/platform';
import { moduleOverHttp, type HttpAnswer, type ModuleOverHttp } from '../../../../test/support/module-over-http.js';
import { inventorySettings } from '../inventory.settings.js';
import { InventoryModule } from '../inventory.module.js';
import { InventoryOnDatabase } from './inventory-on-database.js';

/** Inventory's routes on the real edge, and its reactions beside them, on one database. */
export interface InventoryOverHttp {
  readonly inventory: InventoryOnDatabase;
  readonly http: ModuleOverHttp;
  get(path: string): Promise<HttpAnswer>;
  post(path: string, body: unknown): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** Starts it. */
export async function inventoryOverHttp(): Promise<InventoryOverHttp> {
  const inventory = await InventoryOnDatabase.open();
  const settings = { provide: settingsToken('inventory'), useValue: inventorySettings.parse({}) };
  const http = await moduleOverHttp([InventoryModule], inventory.db.database, undefined, [settings]);
  return {
    inventory,
    http,
    get: (path) => http.call('GET', `/inventory/${path}`),
    post: (path, body) => http.call('POST', `/inventory/${path}`, body),
    close: async () => {
      await http.close();
      await inventory.close();
    },
  };
}
