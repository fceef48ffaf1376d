import { captureTable, type CapturedTable } from './captured-table.js';
import type { Catalog, TableDefinition } from './catalog/table-definition.js';
import type { RelationColumn, RelationMessage } from './pgoutput/decode-relation.js';
import type { WantedTable } from './reader-options.js';

/** Reads one table's definition anew. */
export type ReadDefinition = (table: WantedTable) => Promise<Catalog>;

/**
 * Which relations of the stream anybody wants, in their present shape. The stream tells names and types; defaults, NOT NULL
 * and the primary key come from the catalogue, which is read again whenever a table is announced another time.
 */
export class Relations {
  private readonly wanted: ReadonlyMap<string, WantedTable>;
  private readonly captured = new Map<number, CapturedTable>();

  constructor(
    tables: readonly WantedTable[],
    private readonly catalog: Catalog,
    private readonly readDefinition: ReadDefinition,
  ) {
    this.wanted = new Map(tables.map((table) => [`${table.schema}.${table.table}`, table]));
  }

  /** The table of this relation id; undefined when nobody wants it. */
  of(relationId: number): CapturedTable | undefined {
    return this.captured.get(relationId);
  }

  /** Takes note of a Relation message; a promise when the stream has to wait for the catalogue. */
  announce(message: RelationMessage): Promise<void> | undefined {
    const wanted = this.wanted.get(`${message.schema}.${message.table}`);
    const seen = this.captured.delete(message.relationId);
    if (wanted === undefined) return undefined;
    const known = this.catalog.tables.get(`${wanted.schema}.${wanted.table}`);
    if (!seen && known !== undefined && sameShape(known, message.columns)) {
      this.captured.set(message.relationId, captureTable(wanted, message.columns, this.catalog));
      return undefined;
    }
    return this.readDefinition(wanted).then((fresh) => {
      this.captured.set(message.relationId, captureTable(wanted, message.columns, fresh));
    });
  }
}

function sameShape(known: TableDefinition, columns: readonly RelationColumn[]): boolean {
  return (
    known.columns.length === columns.length &&
    columns.every(({ name, typeOid, typmod }, index) => {
      const column = known.columns[index];
      return column?.name === name && column.typeOid === typeOid && column.typmod === typmod;
    })
  );
}
