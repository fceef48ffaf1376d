import {
  COLUMNS,
  CONSTRAINTS,
  FUNCTIONS,
  GRANTS,
  INDEXES,
  POLICIES,
  PUBLICATIONS,
  RELATIONS,
  TYPES,
  TRIGGERS,
} from './schema-queries.js';

/** What the dump needs of a connection; a pg client is one. */
export interface SchemaSource {
  query(sql: string, parameters?: unknown[]): Promise<{ rows: unknown[] }>;
}

interface Relation {
  readonly name: string;
  readonly head: string;
  readonly foot: string;
  readonly after: readonly string[];
}

/** A line that belongs to the relation or schema `of`. */
interface Part {
  readonly of: string;
  readonly text: string;
}

/**
 * The schemas as SQL text, from catalogue functions: tables with columns and constraints, indexes, triggers, policies,
 * views, functions, types, grants, publications. Partitions are left out, since they come with the calendar. The same
 * text on every supported major version (stack.md, "Embedded PostgreSQL": there is no pg_dump beside the server).
 */
export async function dumpSchema(source: SchemaSource, schemas: readonly string[]): Promise<string> {
  await source.query('BEGIN READ ONLY');
  // With an empty path every name is printed with its schema.
  await source.query(`SET LOCAL search_path = ''`);
  try {
    const pieces: string[] = [];
    for (const schema of [...schemas].sort()) pieces.push(...(await schemaText(source, schema)));
    pieces.push(...(await partsOf(source, PUBLICATIONS, schemas)).map(({ text }) => text));
    return `${pieces.join('\n\n')}\n`;
  } finally {
    await source.query('ROLLBACK');
  }
}

async function schemaText(source: SchemaSource, schema: string): Promise<string[]> {
  const read = (sql: string) => partsOf(source, sql, [schema]);
  const { rows } = await source.query(RELATIONS, [[schema]]);
  const columns = byOwner([...(await read(COLUMNS)), ...(await read(CONSTRAINTS))]);
  const behind = byOwner([...(await read(INDEXES)), ...(await read(TRIGGERS)), ...(await read(POLICIES))]);
  const grants = byOwner(await read(GRANTS));
  const relations = (rows as Relation[]).map(({ name, head, foot, after }) => {
    const inside = columns.get(name);
    const body = inside ? ` (\n  ${inside.join(',\n  ')}\n)` : '';
    return [`${head}${body}${foot};`, ...after, ...(behind.get(name) ?? []), ...(grants.get(name) ?? [])].join('\n');
  });
  const types = (await read(TYPES)).map(({ text }) => text);
  const functions = (await read(FUNCTIONS)).map(({ of, text }) => [text, ...(grants.get(of) ?? [])].join('\n'));
  return [
    [`CREATE SCHEMA "${schema}";`, ...(grants.get(schema) ?? [])].join('\n'),
    ...types,
    ...functions,
    ...relations,
  ];
}

async function partsOf(source: SchemaSource, sql: string, schemas: readonly string[]): Promise<Part[]> {
  return (await source.query(sql, [schemas])).rows as Part[];
}

function byOwner(parts: readonly Part[]): Map<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const { of, text } of parts) grouped.set(of, [...(grouped.get(of) ?? []), text]);
  return grouped;
}
