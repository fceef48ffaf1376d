import type { CapturedTable } from './captured-table.js';
import { tupleText, tupleTexts, type ColumnText } from './pgoutput/tuple.js';
import { keyJson } from './row-text.js';

/** A change message that an event keeps: its own copy of the bytes, and where the tuples lie (0: there is none). */
export interface KeptMessage {
  readonly bytes: Buffer;
  readonly oldAt: number;
  readonly newAt: number;
  /** Microseconds since 1970, when it was read. */
  readonly emittedUs: number;
}

/** A column of the old tuple. */
export function oldText({ bytes, oldAt }: KeptMessage, column: number): ColumnText {
  return tupleText(bytes, oldAt, column);
}

/** A column of the new tuple; a value that was not sent again is taken from the old tuple where that has it. */
export function newText(message: KeptMessage, column: number): ColumnText {
  const text = tupleText(message.bytes, message.newAt, column);
  return text === undefined && message.oldAt > 0 ? (oldText(message, column) ?? undefined) : text;
}

/** The whole new tuple, as newText gives its columns. */
export function newTexts(message: KeptMessage): ColumnText[] {
  const texts = tupleTexts(message.bytes, message.newAt);
  if (message.oldAt === 0 || !texts.includes(undefined)) return texts;
  const old = tupleTexts(message.bytes, message.oldAt);
  return texts.map((text, index) => (text === undefined ? (old[index] ?? undefined) : text));
}

/** An update that is seen to change the key is written as a delete of the old key and an insert of the new one. */
export function changesKey(table: CapturedTable, message: KeptMessage): boolean {
  if (message.oldAt === 0) return false;
  const before = keyJson(table, (column) => oldText(message, column));
  return before !== keyJson(table, (column) => newText(message, column));
}
