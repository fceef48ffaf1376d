import { collectionOf, PRIMARY_KEY, type ConnectorTable } from './connector-table.js';

/** `schema\.table` or `schema\.(one|two)`: patterns whose tables can be counted off. */
const COUNTABLE = /^(\w+)\\?\.(?:(\w+)|\((\w+(?:\|\w+)*)\))$/;

/** How the file's table and key lists differ from the contracts, one sentence each. */
export function differences(config: Readonly<Record<string, string>>, tables: readonly ConnectorTable[]): string[] {
  const included = patternsOf(config['table.include.list'] ?? '', ',');
  const missing = tables.filter((table) => !included.some((each) => matches(each, table)));
  const surplus = included.flatMap((each) => namedBy(each, tables)).filter((name) => !isContract(name, tables));
  return [
    ...missing.map((table) => `table.include.list lacks ${collectionOf(table)}`),
    ...surplus.map((name) => `table.include.list names ${name}, which is no contract`),
    ...keyDifferences(config['message.key.columns'] ?? '', tables),
  ];
}

function keyDifferences(list: string, tables: readonly ConnectorTable[]): string[] {
  const entries = patternsOf(list, ';').map((entry) => ({
    pattern: entry.slice(0, entry.lastIndexOf(':')),
    columns: entry.slice(entry.lastIndexOf(':') + 1),
  }));
  const wrong = tables.flatMap((table) => {
    const column = entries.find((entry) => matches(entry.pattern, table))?.columns ?? PRIMARY_KEY;
    return column === table.key
      ? []
      : [`message.key.columns keys ${collectionOf(table)} by ${column}, not by ${table.key}`];
  });
  const surplus = entries
    .flatMap((entry) => namedBy(entry.pattern, tables))
    .filter((name) => !isContract(name, tables));
  return [...wrong, ...surplus.map((name) => `message.key.columns names ${name}, which is no contract`)];
}

function patternsOf(list: string, separator: string): string[] {
  return list
    .split(separator)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** As Debezium matches: the whole name, whatever the case. */
function matches(pattern: string, table: ConnectorTable): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'i').test(collectionOf(table));
  } catch {
    return false;
  }
}

/** The tables that a pattern names; one that cannot be counted off names itself unless it matches a contract. */
function namedBy(pattern: string, tables: readonly ConnectorTable[]): string[] {
  const [, schema, single, several] = COUNTABLE.exec(pattern) ?? [];
  if (schema !== undefined) return (several ?? single ?? '').split('|').map((table) => `${schema}.${table}`);
  return tables.some((table) => matches(pattern, table)) ? [] : [pattern];
}

function isContract(name: string, tables: readonly ConnectorTable[]): boolean {
  return tables.some((table) => collectionOf(table).toLowerCase() === name.toLowerCase());
}
