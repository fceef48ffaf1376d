import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** How often a slot is read; the last time counts, and before it the compiler sees what is to come. */
export const READINGS = 2;

/** How far an event is decoded: as lanes get it, as reactions read it, as it would stand on a topic. */
export type Depth = 'key' | 'row' | 'envelope';

/** What to read. */
export interface ReadWish {
  readonly url: string;
  readonly slot: string;
  readonly depth: Depth;
  /** Until everything below this LSN was read; decimal. */
  readonly until: string;
}

/** What was read. */
export interface ReadReport {
  /** Changes of captured tables. */
  readonly events: number;
  /** From the first transaction's begin to the last one's commit. */
  readonly seconds: number;
  /** Of the reading process, in that time. */
  readonly cpuSeconds: number;
}

/** Reads a slot with the product's reader, in a process of its own. Nothing is acknowledged, so it can be read again. */
export async function readSlot(wish: ReadWish): Promise<ReadReport> {
  const child = fork(fileURLToPath(new URL('reader-program.ts', import.meta.url)));
  child.send(wish);
  const gone = new AbortController();
  const answered = once(child, 'message', { signal: gone.signal }) as Promise<[ReadReport]>;
  const ended = once(child, 'exit', { signal: gone.signal }).then(() => {
    throw new Error('the reader has ended without an answer');
  });
  const [report] = await Promise.race([answered, ended]);
  gone.abort();
  return report;
}
