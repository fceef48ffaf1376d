import { hash } from 'node:crypto';
import { v7 } from 'uuid';

/** A new UUIDv7 whose time is the given instant (milliseconds since 1970). */
export function newId(atMs: number): string {
  return v7({ msecs: atMs });
}

/**
 * The id of an effect: UUIDv8, first 48 bits = the cause's creation time, the rest = SHA-256 of the given parts.
 * The same cause gives the same id whoever computes it, however often (architecture 6).
 * @param atMs creation time of the cause row, milliseconds since 1970
 */
export function idFrom(atMs: number, ...parts: readonly (string | number | null)[]): string {
  const bytes = hash('sha256', JSON.stringify(parts), 'buffer');
  bytes.writeUIntBE(atMs, 0, 6);
  bytes[6] = 0x80 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The creation time in an id's first 48 bits, milliseconds since 1970. */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** The id of one effect of a cause row: derived from the cause, the executor, the kind of effect and an ordinal. */
export function effectId(causeId: string, executor: string, kind: string, ordinal: number | string = 0): string {
  return idFrom(timeOfId(causeId), causeId, executor, kind, ordinal);
}
