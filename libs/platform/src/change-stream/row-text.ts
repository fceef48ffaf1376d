import type { ChangeRow, ChangeValue } from './change-event.js';
import type { CapturedColumn, CapturedTable } from './captured-table.js';
import type { ColumnText } from './pgoutput/tuple.js';

/** The row as JSON text, in column order. */
export function rowJson(table: CapturedTable, texts: readonly ColumnText[]): string {
  return objectJson(table.columns, (index) => texts[index], range(table.columns.length));
}

/** The key as JSON text, `{"order_id":"..."}`; null for a table without a key (debezium 1.2). */
export function keyJson(table: CapturedTable, text: (column: number) => ColumnText): string | null {
  return table.keyColumns.length === 0 ? null : objectJson(table.columns, text, table.keyColumns);
}

/** The row as an object of JavaScript values. */
export function rowObject(table: CapturedTable, texts: readonly ColumnText[]): ChangeRow {
  const row: ChangeRow = {};
  table.columns.forEach((column, index) => (row[column.name] = columnValue(column, texts[index])));
  return row;
}

/**
 * What orders the events of a table: the text of the key column, or the key's JSON when it has several columns. A key column
 * outside the replica identity is empty in a delete, as in Debezium's key (debezium 1.5).
 */
export function keyText(table: CapturedTable, text: (column: number) => ColumnText): string | null {
  const [first, second] = table.keyColumns;
  if (first === undefined) return null;
  if (second !== undefined) return keyJson(table, text);
  const column = table.columns[first];
  const value = column && columnValue(column, text(first));
  return value === null || value === undefined ? null : String(value);
}

function columnValue(column: CapturedColumn, text: ColumnText): ChangeValue {
  if (typeof text === 'string') return column.codec.value(text);
  return JSON.parse(text === null ? column.nullJson : column.codec.unavailableJson) as ChangeValue;
}

function columnJson(column: CapturedColumn, text: ColumnText): string {
  if (typeof text === 'string') return column.codec.json(text);
  return text === null ? column.nullJson : column.codec.unavailableJson;
}

function objectJson(
  columns: readonly CapturedColumn[],
  text: (column: number) => ColumnText,
  positions: readonly number[],
): string {
  let json = '{';
  for (const position of positions) {
    const column = columns[position];
    if (column === undefined) continue;
    if (json.length > 1) json += ',';
    json += column.jsonName + columnJson(column, text(position));
  }
  return `${json}}`;
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
