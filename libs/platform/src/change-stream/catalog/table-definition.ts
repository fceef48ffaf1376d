import type { DerivedTypes } from '../types/codec-of-type.js';

/** What the catalogue knows of a column, beyond what the stream's Relation message says. */
export interface ColumnDefinition {
  readonly name: string;
  readonly typeOid: number;
  readonly typmod: number;
  /** As SQL writes it, for messages. */
  readonly typeName: string;
  readonly notNull: boolean;
  readonly defaultExpression: string | null;
}

/** A captured table as the catalogue describes it now. Generated columns are left out: PostgreSQL 17 does not stream them. */
export interface TableDefinition {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly ColumnDefinition[];
  /** In the order of the key; empty without one. */
  readonly primaryKey: readonly string[];
}

/** The captured tables and the types they use, read in one moment. */
export interface Catalog {
  /** By `schema.table`. */
  readonly tables: ReadonlyMap<string, TableDefinition>;
  readonly derivedTypes: DerivedTypes;
  /** The database's name, `source.db` of the envelopes. */
  readonly database: string;
}
