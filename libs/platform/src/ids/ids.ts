import { hash } from 'node:crypto';
import { v7 } from 'uuid';

/** A new UUIDv7 whose time is the given instant (milliseconds since 1970). */
export function newId(atMs: number): string {
  return v7({ msecs: atMs });
}

/** The hexadecimal digits of the variant's two bits and two free ones (RFC 9562, 4.1). */
const VARIANTS = '89ab';

/**
 * The id of an effect: UUIDv8, first 48 bits = the cause's creation time, the rest = SHA-256 of the given parts.
 * The same cause gives the same id whoever computes it, however often (architecture 6).
 * @param atMs creation time of the cause row, milliseconds since 1970
 */
export function idFrom(atMs: number, ...parts: readonly (string | number | null)[]): string {
  const time = atMs.toString(16).padStart(12, '0');
  const hex = hash('sha256', JSON.stringify(parts));
  const variant = VARIANTS[Number.parseInt(hex[16]!, 16) & 3];
  return `${time.slice(0, 8)}-${time.slice(8)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The creation time in an id's first 48 bits, milliseconds since 1970. */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** The id of one effect of a cause row: derived from the cause, the executor, the kind of effect and an ordinal. */
export function effectId(causeId: string, executor: string, kind: string, ordinal: number | string = 0): string {
  return idFrom(timeOfId(causeId), causeId, executor, kind, ordinal);
}
