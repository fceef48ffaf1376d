import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

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
  /** From before the reader connects until the last transaction's commit. */
  readonly seconds: number;
  /** Of the reading process, in that time. */
  readonly cpuSeconds: number;
}

/** The product's reader, in a process of its own. Nothing is acknowledged, so a slot can be read again. */
export class Reader {
  private constructor(private readonly child: ChildProcess) {}

  /** Works with one, which is gone afterwards. */
  static async during<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    const reader = new Reader(fork(fileURLToPath(new URL('reader-program.ts', import.meta.url))));
    try {
      return await work(reader);
    } finally {
      await reader.leave();
    }
  }

  /** Reads a slot from its beginning, and keeps it until it reads again or ends. */
  async read(wish: ReadWish): Promise<ReadReport> {
    const gone = new AbortController();
    const answered = once(this.child, 'message', { signal: gone.signal }) as Promise<[ReadReport]>;
    const ended = once(this.child, 'exit', { signal: gone.signal }).then(() => {
      throw new Error('the reader has ended without an answer');
    });
    this.child.send(wish);
    const [report] = await Promise.race([answered, ended]);
    gone.abort();
    return report;
  }

  private async leave(): Promise<void> {
    if (!this.child.connected) return;
    this.child.disconnect();
    await once(this.child, 'exit');
  }
}
