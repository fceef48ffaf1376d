/** What the connector must know of a contract; a Contract is one. Every contract's primary key is `id`. */
export interface ConnectorTable {
  readonly schema: string;
  readonly table: string;
  /** Column that orders the events (debezium 1.5). */
  readonly key: string;
}

/** The column that is the primary key of every contract, and so needs no entry as a key. */
export const PRIMARY_KEY = 'id';

/** `schema.table`, as Debezium's lists name tables. */
export function collectionOf({ schema, table }: ConnectorTable): string {
  return `${schema}.${table}`;
}
