const NULL = 0x6e; // n
const UNCHANGED = 0x75; // u

/** The text of a column; null for NULL; undefined for a value stored apart that did not change and was not sent. */
export type ColumnText = string | null | undefined;

/** All columns of the tuple at `at`, decoded. */
export function tupleTexts(bytes: Buffer, at: number): ColumnText[] {
  const texts = new Array<ColumnText>(bytes.readUInt16BE(at));
  let position = at + 2;
  for (let index = 0; index < texts.length; index += 1) {
    texts[index] = columnText(bytes, position);
    position = behindColumn(bytes, position);
  }
  return texts;
}

/** One column of the tuple at `at`, decoded; those before it are only stepped over. */
export function tupleText(bytes: Buffer, at: number, column: number): ColumnText {
  let position = at + 2;
  for (let index = 0; index < column; index += 1) position = behindColumn(bytes, position);
  return columnText(bytes, position);
}

/** Where the bytes behind the tuple at `at` begin. */
export function behindTuple(bytes: Buffer, at: number): number {
  const count = bytes.readUInt16BE(at);
  let position = at + 2;
  for (let index = 0; index < count; index += 1) position = behindColumn(bytes, position);
  return position;
}

function columnText(bytes: Buffer, at: number): ColumnText {
  const kind = bytes[at];
  if (kind === NULL) return null;
  if (kind === UNCHANGED) return undefined;
  return bytes.toString('utf8', at + 5, at + 5 + bytes.readInt32BE(at + 1));
}

function behindColumn(bytes: Buffer, at: number): number {
  const kind = bytes[at];
  return kind === NULL || kind === UNCHANGED ? at + 1 : at + 5 + bytes.readInt32BE(at + 1);
}
