import type { Catalog } from './catalog/table-definition.js';
import type { WantedTable } from './reader-options.js';
import { streamError } from './stream-error.js';
import { codecOfType } from './types/codec-of-type.js';
import type { ColumnCodec } from './types/column-codec.js';
import { absentJson } from './types/default-json.js';
import { quoteJson } from './types/json-text.js';
import { textCodec } from './types/scalar-codecs.js';

/** A column of a captured table, with all that is needed to write it. */
export interface CapturedColumn {
  readonly name: string;
  /** `"name":`, as it stands in JSON. */
  readonly jsonName: string;
  readonly codec: ColumnCodec;
  /** What NULL is written as: null, or in a NOT NULL column Debezium's stand-in. */
  readonly nullJson: string;
}

/** A captured table in the shape that its rows have at one point of the stream. */
export interface CapturedTable {
  readonly schema: string;
  readonly table: string;
  readonly collection: string;
  readonly columns: readonly CapturedColumn[];
  /** Positions of the key's columns, in the order of the key; empty for a table without one. */
  readonly keyColumns: readonly number[];
}

/** A column's name and type, from a Relation message or from the catalogue. */
interface ColumnShape {
  readonly name: string;
  readonly typeOid: number;
  readonly typmod: number;
}

/**
 * Joins a table's shape with what the catalogue adds: defaults, NOT NULL, primary key. The shape is the stream's and may be
 * older than the catalogue; a column that is gone by now is taken as nullable, and as text if its type is gone with it.
 */
export function captureTable(wanted: WantedTable, shape: readonly ColumnShape[], catalog: Catalog): CapturedTable {
  const collection = `${wanted.schema}.${wanted.table}`;
  const definition = catalog.tables.get(collection);
  const columns = shape.map(({ name, typeOid, typmod }): CapturedColumn => {
    const known = definition?.columns.find((column) => column.name === name);
    const codec = codecOfType(typeOid, typmod, catalog.derivedTypes) ?? (known === undefined ? textCodec : undefined);
    if (codec === undefined) {
      throw streamError(
        'unsupported-column-type',
        `column ${collection}.${name} has a type that change events do not carry`,
      );
    }
    const nullJson = known?.notNull
      ? absentJson(codec, typeOid, known.defaultExpression, catalog.derivedTypes)
      : 'null';
    return { name, jsonName: `${quoteJson(name)}:`, codec, nullJson };
  });
  const key = wanted.keyColumns ?? definition?.primaryKey ?? [];
  const keyColumns = key
    .map((name) => columns.findIndex((column) => column.name === name))
    .filter((index) => index >= 0);
  return { schema: wanted.schema, table: wanted.table, collection, columns, keyColumns };
}
