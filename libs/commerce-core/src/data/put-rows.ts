import { columnsOf, newId, unnest, type ModuleTx } from '@orderkeel/platform';
import type { NamedTable } from './named-table.js';

/** What a set of puts has done; a name that was given twice counts once. */
export interface PutCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/**
 * Makes the named rows be as given, with one statement: missing ones are inserted, different ones replaced, equal ones
 * left untouched. Written to exactly the caller's tenant (commerce X27). Of two rows with one name the later wins.
 */
export async function putRows<Content extends object>(
  tx: ModuleTx,
  { table, ref, columns }: NamedTable<Content>,
  rows: readonly Content[],
): Promise<PutCounts> {
  const now = tx.clock.now();
  const stamp = { tenant_id: tx.tenantId, created_at: now, updated_at: now };
  const latest = [...new Map(rows.map((row) => [row[ref], row])).values()];
  const wanted = latest.map((row) => ({ id: newId(tx.clock.nowMs()), ...stamp, ...row }));
  const types = { ...STAMP, ...columns };
  const content = Object.keys(columns).filter((name) => name !== ref);
  // Sorted, so that two batches lock their common rows in the same order.
  const written = await tx.query<{ id: string }>(
    `INSERT INTO ${table} AS kept (${Object.keys(types).join(', ')})
     SELECT r.* FROM ${unnest(types)} ORDER BY r.${ref}
     ON CONFLICT (${ref}, tenant_id) DO UPDATE
        SET ${content.map((name) => `${name} = excluded.${name}`).join(', ')}, updated_at = excluded.updated_at
      WHERE (${content.map((name) => `kept.${name}`).join(', ')})
            IS DISTINCT FROM (${content.map((name) => `excluded.${name}`).join(', ')})
     RETURNING id`,
    columnsOf(types, wanted),
  );
  const given = new Set(wanted.map(({ id }) => id));
  const created = written.filter(({ id }) => given.has(id)).length;
  return { created, updated: written.length - created, unchanged: wanted.length - written.length };
}

const STAMP = { id: 'uuid', tenant_id: 'uuid', created_at: 'timestamptz', updated_at: 'timestamptz' } as const;
