import { describe, expect, it } from '@jest/globals';
import { columnsOf, unnest, type ColumnTypes } from './bulk.js';

interface Thing {
  id: string;
  name: string | null;
  amount: number | null;
  facts: object | null;
}

const TYPES: ColumnTypes<Thing> = { id: 'uuid', name: 'text', amount: 'bigint', facts: 'jsonb' };

describe('columns of a set-based statement', () => {
  it('are typed parameters, numbered from where the caller says', () => {
    expect(unnest(TYPES, 't', 3)).toBe(
      'unnest($3::uuid[], $4::text[], $5::bigint[], $6::jsonb[]) AS t("id", "name", "amount", "facts")',
    );
  });

  it('join what needs no quoting, leave the rest to the driver, and serialise JSON', () => {
    const rows: Thing[] = [
      { id: 'a1', name: 'with "quotes", commas', amount: 1, facts: { a: [1] } },
      { id: 'b2', name: null, amount: null, facts: null },
    ];
    expect(columnsOf(TYPES, rows)).toEqual([
      '{a1,b2}',
      ['with "quotes", commas', null],
      '{1,null}',
      ['{"a":[1]}', null],
    ]);
  });

  it('never let a value become two, or none', () => {
    for (const text of ['a,b', '{a}', '', 'a b', 'a"', 'a\\b', 'NULL', 'null', 'Null']) {
      const [id, name] = columnsOf(TYPES, [{ id: text, name: text, amount: null, facts: null }]);
      expect([id, name]).toEqual([[text], [text]]);
    }
  });
});
