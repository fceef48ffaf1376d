import { Injectable } from '@nestjs/common';
import type { ModuleTx } from '@orderkeel/platform';

/** The places where stock lies; `main` exists from the start (interfaces 3). */
@Injectable()
export class LocationStore {
  /** Which of the named locations exist for the caller: its tenant's own, and those shared by all. */
  async known(tx: ModuleTx, locations: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ location: string }>(
      `SELECT location FROM inventory.location
        WHERE location = ANY($1::text[]) AND (tenant_id IS NULL OR tenant_id = $2::uuid)`,
      [[...new Set(locations)], tx.tenantId],
    );
    return new Set(rows.map(({ location }) => location));
  }
}
