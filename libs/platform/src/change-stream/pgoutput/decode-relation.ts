/** A column as a Relation message describes it. */
export interface RelationColumn {
  readonly name: string;
  readonly typeOid: number;
  readonly typmod: number;
}

/** The shape of a table, sent before its first change and again after each change of the table's definition. */
export interface RelationMessage {
  readonly relationId: number;
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly RelationColumn[];
}

/** Decodes a Relation message. The replica identity is not kept: each old tuple says which kind it is. */
export function decodeRelation(bytes: Buffer, start: number): RelationMessage {
  let at = start + 5;
  const text = (): string => {
    const end = bytes.indexOf(0, at);
    const value = bytes.toString('utf8', at, end);
    at = end + 1;
    return value;
  };
  const schema = text();
  const table = text();
  const count = bytes.readUInt16BE(at + 1);
  at += 3;
  const columns = Array.from({ length: count }, () => {
    at += 1;
    const name = text();
    at += 8;
    return { name, typeOid: bytes.readUInt32BE(at - 8), typmod: bytes.readInt32BE(at - 4) };
  });
  return { relationId: bytes.readUInt32BE(start + 1), schema: schema === '' ? 'pg_catalog' : schema, table, columns };
}
