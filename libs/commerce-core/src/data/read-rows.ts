import { withoutNulls, type ModuleTx, type Position, type WithNulls } from '@orderkeel/platform';
import type { NamedTable } from './named-table.js';

type ShownTable = Pick<NamedTable<Record<string, unknown>>, 'table' | 'ref' | 'shown' | 'joins'>;

/** The row of that name as answers show it, or undefined; a tenant's own comes before the shared one (commerce X27). */
export async function findRow<Answer extends object>(
  tx: ModuleTx,
  table: ShownTable,
  name: string,
): Promise<Answer | undefined> {
  const [row] = await readVisible<Answer>(tx, table, '=', [name, 1]);
  return row;
}

/** Rows as answers show them, in order of their names, behind a position. */
export function rowsAfter<Answer extends object>(
  tx: ModuleTx,
  table: ShownTable,
  [name = '']: Position = [],
  count: number,
): Promise<Answer[]> {
  return readVisible<Answer>(tx, table, '>', [name, count]);
}

async function readVisible<Answer extends object>(
  tx: ModuleTx,
  { table, ref, shown, joins = '' }: ShownTable,
  comparison: '=' | '>',
  nameAndCount: readonly [name: string | number, count: number],
): Promise<Answer[]> {
  const rows = await tx.query<WithNulls<Answer>>(
    `SELECT DISTINCT ON (kept.${ref}) ${shown}, kept.created_at AS "createdAt", kept.updated_at AS "updatedAt"
       FROM ${table} AS kept ${joins}
      WHERE (kept.tenant_id IS NULL OR kept.tenant_id = $1::uuid) AND kept.${ref} ${comparison} $2
      ORDER BY kept.${ref}, kept.tenant_id LIMIT $3`,
    [tx.tenantId, ...nameAndCount],
  );
  return rows.map((row) => withoutNulls<Answer>(row));
}
