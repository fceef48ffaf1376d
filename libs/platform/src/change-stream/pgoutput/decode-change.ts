import { MessageType } from './message-type.js';
import { behindTuple } from './tuple.js';

const NEW = 0x4e; // N

/** Where the tuples of an Insert, Update or Delete message lie; 0 where there is none. */
export interface ChangeMessage {
  readonly oldAt: number;
  readonly newAt: number;
}

/** The relation that an Insert, Update or Delete speaks of. */
export function relationIdOf(bytes: Buffer, at: number): number {
  return bytes.readUInt32BE(at + 1);
}

/** Finds the tuples of an Insert, Update or Delete message without decoding them. */
export function decodeChange(bytes: Buffer, at: number): ChangeMessage {
  const first = at + 6;
  if (bytes[at + 5] === NEW) return { oldAt: 0, newAt: first };
  return { oldAt: first, newAt: bytes[at] === MessageType.update ? behindTuple(bytes, first) + 1 : 0 };
}
