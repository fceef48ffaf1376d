import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CLOCK, Database, newId, settingsToken, type Clock } from '@orderkeel/platform';
import type { InventorySettings } from '../inventory.settings.js';

/** Makes the locations that the settings name when the program starts, shared by all tenants; `main` is there anyway. */
@Injectable()
export class ConfiguredLocations implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    @Inject(settingsToken('inventory')) private readonly settings: InventorySettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { locations } = this.settings;
    const ids = locations.map(() => newId(this.clock.nowMs()));
    await this.database.command('inventory', { tenantId: null, actor: 'settings' }, (tx) =>
      tx.execute(
        `INSERT INTO inventory.location (id, location, created_at)
         SELECT w.id, w.location, $3 FROM unnest($1::uuid[], $2::text[]) AS w (id, location)
          WHERE NOT EXISTS (SELECT FROM inventory.location AS l WHERE l.location = w.location AND l.tenant_id IS NULL)
         ON CONFLICT (location, tenant_id) DO NOTHING`,
        [ids, locations, this.clock.now()],
      ),
    );
  }
}
