import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { drained } from './drain.js';

const PIECE = Buffer.alloc(1000);
const NEVER_MS = 60_000;

describe('a body that is thrown away', () => {
  it('is read to its end', async () => {
    const body = Readable.from([PIECE, PIECE, PIECE]);
    await drained(body, { bytes: 3000, ms: NEVER_MS });
    expect(body.readableEnded).toBe(true);
    await drained(body, { bytes: 3000, ms: NEVER_MS });
  });

  it('is left alone beyond the limit of bytes, so that nobody can send for ever', async () => {
    let sent = 0;
    const body = new Readable({
      highWaterMark: 1000,
      read() {
        sent += 1;
        this.push(PIECE);
      },
    });
    await drained(body, { bytes: 5000, ms: NEVER_MS });
    expect([body.readableEnded, body.destroyed, body.isPaused()]).toEqual([false, false, true]);
    expect(sent).toBeLessThan(20);
  });

  it('is left alone when it does not come in time', async () => {
    const body = new PassThrough();
    await drained(body, { bytes: 5000, ms: 10 });
    expect([body.destroyed, body.isPaused()]).toEqual([false, true]);
  });

  it('may break off', async () => {
    const body = new PassThrough();
    const done = drained(body, { bytes: 5000, ms: NEVER_MS });
    body.destroy(new Error('gone'));
    await done;
  });
});
