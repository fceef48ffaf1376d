/** A column of a tuple: text, null, or undefined for one that is not sent again. */
type Column = string | null | undefined;

const HEADER_LSN = 0x1000n;
const text = (value: string): Buffer => Buffer.from(`${value}\0`);

function integers(...values: readonly [size: 1 | 2 | 4 | 8, value: number | bigint][]): Buffer {
  return Buffer.concat(
    values.map(([size, value]) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64BE(BigInt(value));
      return bytes.subarray(8 - size);
    }),
  );
}

function tuple(columns: readonly Column[]): Buffer {
  const parts = columns.map((column) => {
    if (column === undefined) return Buffer.from('u');
    if (column === null) return Buffer.from('n');
    return Buffer.concat([Buffer.from('t'), integers([4, Buffer.byteLength(column)]), Buffer.from(column)]);
  });
  return Buffer.concat([integers([2, columns.length]), ...parts]);
}

/** A data message of the replication protocol around a pgoutput message. */
function data(...message: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from('w'), integers([8, HEADER_LSN], [8, HEADER_LSN], [8, 0]), ...message]);
}

/** Messages as a walsender sends them, for specs without a server. */
export const bytes = {
  begin: (commitLsn: bigint, commitTimeUs: number, xid: number): Buffer =>
    data(Buffer.from('B'), integers([8, commitLsn], [8, commitTimeUs - 946_684_800_000_000], [4, xid])),
  commit: (commitLsn: bigint, endLsn: bigint): Buffer =>
    data(Buffer.from('C'), integers([1, 0], [8, commitLsn], [8, endLsn], [8, 0])),
  origin: (lsn: bigint, name: string): Buffer => data(Buffer.from('O'), integers([8, lsn]), text(name)),
  relation: (
    id: number,
    schema: string,
    table: string,
    columns: readonly (readonly [string, number, number])[],
  ): Buffer =>
    data(
      Buffer.from('R'),
      integers([4, id]),
      text(schema),
      text(table),
      Buffer.from('d'),
      integers([2, columns.length]),
      ...columns.map(([name, oid, typmod]) =>
        Buffer.concat([integers([1, 0]), text(name), integers([4, oid], [4, typmod])]),
      ),
    ),
  insert: (id: number, row: readonly Column[]): Buffer =>
    data(Buffer.from('I'), integers([4, id]), Buffer.from('N'), tuple(row)),
  update: (id: number, row: readonly Column[], old?: { kind: 'K' | 'O'; row: readonly Column[] }): Buffer =>
    data(
      Buffer.from('U'),
      integers([4, id]),
      ...(old ? [Buffer.from(old.kind), tuple(old.row)] : []),
      Buffer.from('N'),
      tuple(row),
    ),
  delete: (id: number, kind: 'K' | 'O', row: readonly Column[]): Buffer =>
    data(Buffer.from('D'), integers([4, id]), Buffer.from(kind), tuple(row)),
  truncate: (id: number): Buffer => data(Buffer.from('T'), integers([4, 1], [1, 0], [4, id])),
  type: (): Buffer => data(Buffer.from('Y'), integers([4, 90_001]), text('kit'), text('color')),
  logicalMessage: (): Buffer => data(Buffer.from('M'), integers([1, 1], [8, 0]), text('prefix'), integers([4, 0])),
};
