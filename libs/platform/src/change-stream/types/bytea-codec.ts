import type { ColumnCodec } from './column-codec.js';
import { UNAVAILABLE } from './column-codec.js';

/** bytea: base64 of the bytes, which PostgreSQL sends in hex (`bytea_output`). */
export const byteaCodec: ColumnCodec = {
  value: base64,
  json: (text) => `"${base64(text)}"`,
  unavailableJson: `"${Buffer.from(UNAVAILABLE).toString('base64')}"`,
  zeroJson: '""',
  computedDefaultJson: '""',
};

function base64(text: string): string {
  return Buffer.from(text.slice(2), 'hex').toString('base64');
}
