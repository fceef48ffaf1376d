import { collectionOf, PRIMARY_KEY, type ConnectorTable } from './connector-table.js';
import { standardProperties } from './standard-properties.js';

/** A connector as Kafka Connect takes it; all values are strings. */
export interface Connector {
  readonly name: string;
  readonly config: Readonly<Record<string, string>>;
}

/**
 * The connector of these contracts, whole: the shipped file is this with the default namespace (debezium 1.6). The namespace is
 * the prefix of slot, publication and login (interfaces 6).
 */
export function connectorFor(tables: readonly ConnectorTable[], namespace: string): Connector {
  return {
    name: namespace,
    config: standardProperties(namespace, {
      'table.include.list': includeList(tables),
      'message.key.columns': keyList(tables),
    }),
  };
}

/** `order\.(order_intent|order),inventory\.stock`: one pattern a schema, in the order given. */
function includeList(tables: readonly ConnectorTable[]): string {
  return groupBy(tables, (table) => table.schema)
    .map((group) => pattern(group))
    .join(',');
}

/** `order\.order:order_id;inventory\.(stock|stock_ledger):sku`: one entry a schema and key; none for the primary key. */
function keyList(tables: readonly ConnectorTable[]): string {
  const keyed = tables.filter((table) => table.key !== PRIMARY_KEY);
  return groupBy(keyed, (table) => `${table.schema} ${table.key}`)
    .map((group) => `${pattern(group)}:${group[0].key}`)
    .join(';');
}

type Group = readonly [ConnectorTable, ...ConnectorTable[]];

function pattern(group: Group): string {
  const [first, ...rest] = group;
  if (rest.length === 0) return collectionOf(first).replace('.', '\\.');
  return `${first.schema}\\.(${group.map((table) => table.table).join('|')})`;
}

function groupBy(tables: readonly ConnectorTable[], label: (table: ConnectorTable) => string): Group[] {
  const groups = new Map<string, [ConnectorTable, ...ConnectorTable[]]>();
  for (const table of tables) {
    const group = groups.get(label(table));
    if (group) group.push(table);
    else groups.set(label(table), [table]);
  }
  return [...groups.values()];
}
