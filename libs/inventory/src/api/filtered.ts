import type { ModuleTx } from '@orderkeel/platform';

/** A condition of a list, each `?` in it standing for one of the values; not asked for when a value is undefined. */
export type Filter = readonly [condition: string, ...values: (string | undefined)[]];

/** What a list reads. */
export interface FilteredList {
  /** `SELECT ... FROM ...`. */
  readonly select: string;
  readonly filters: readonly Filter[];
  readonly order: string;
  /** Rows at most. */
  readonly count: number;
}

/** Reads a list by what is asked for; what is not asked for is not in the statement, so that indexes serve the rest. */
export function readFiltered<Row extends object>(tx: ModuleTx, list: FilteredList): Promise<Row[]> {
  const asked = list.filters.filter(([, ...values]) => values.every((value) => value !== undefined));
  const parameters: unknown[] = [];
  const conditions = asked.map(([condition, ...values]) => {
    let next = parameters.push(...values) - values.length;
    return condition.replaceAll('?', () => `$${(next += 1)}`);
  });
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const limit = parameters.push(list.count);
  return tx.query<Row>(`${list.select} ${where} ORDER BY ${list.order} LIMIT $${limit}`, parameters);
}
