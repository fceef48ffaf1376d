import { createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from '../problem/problem.js';

/** Where a page begins: the sort key of the last item of the page before. */
export type Position = readonly (string | number)[];

/** Bytes of the signature that a cursor carries: 128 bits are beyond guessing, and keep cursors short. */
const SIGNATURE_BYTES = 16;

/**
 * Makes and reads the opaque `cursor` of lists (interfaces 1). A cursor is signed for one list under the
 * installation's secret, so that nobody can make one up, change one, or use it on another list.
 */
export class Cursors {
  constructor(private readonly secret: Buffer) {}

  /** @param list what is listed, e.g. `GET /orders` */
  encode(list: string, position: Position): string {
    const text = Buffer.from(JSON.stringify(position));
    return Buffer.concat([this.sign(list, text), text]).toString('base64url');
  }

  /** The position of a cursor; undefined without one. @throws Problem `invalid-request`, parameter `cursor` */
  decode(list: string, cursor?: string): Position | undefined {
    if (cursor === undefined) return undefined;
    const bytes = Buffer.from(cursor, 'base64url');
    const signature = bytes.subarray(0, SIGNATURE_BYTES);
    const text = bytes.subarray(SIGNATURE_BYTES);
    // Decoding ignores what is no base64url; only the very text that was given out counts.
    const authentic =
      bytes.length > SIGNATURE_BYTES &&
      bytes.toString('base64url') === cursor &&
      timingSafeEqual(signature, this.sign(list, text));
    if (!authentic) throw Problem.invalid([FORGED]);
    return JSON.parse(text.toString()) as Position;
  }

  private sign(list: string, text: Buffer): Buffer {
    return createHmac('sha256', this.secret).update(`${list}\0`).update(text).digest().subarray(0, SIGNATURE_BYTES);
  }
}

const FORGED = {
  parameter: 'cursor',
  code: 'invalid-cursor',
  message: 'is not a cursor that this list gave out',
} as const;
