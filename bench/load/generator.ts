import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BurstReport, BurstWish } from './burst.js';
import type { CrowdReport, CrowdWish } from './crowd.js';
import type { ReadsReport, ReadsWish } from './reads.js';
import type { SteadyReport, SteadyWish } from './steady.js';

/** What the generator's process can be told to do. */
export type Wish = BurstWish | SteadyWish | CrowdWish | ReadsWish;

type Answer<Report> = { readonly report: Report } | { readonly error: string };

/** The load generator's process. */
export class Generator {
  private readonly child: ChildProcess;

  constructor() {
    this.child = fork(fileURLToPath(new URL('generator-program.ts', import.meta.url)));
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Sends orders as fast as they are taken. */
  burst(wish: Omit<BurstWish, 'kind'>): Promise<BurstReport> {
    return this.ask({ kind: 'burst', ...wish });
  }

  /** Sends orders at a steady pace and measures how long they take. */
  steady(wish: Omit<SteadyWish, 'kind'>): Promise<SteadyReport> {
    return this.ask({ kind: 'steady', ...wish });
  }

  /** Lets many clients work on a few SKUs at once. */
  crowd(wish: Omit<CrowdWish, 'kind'>): Promise<CrowdReport> {
    return this.ask({ kind: 'crowd', ...wish });
  }

  /** Reads as fast as it is answered. */
  reads(wish: Omit<ReadsWish, 'kind'>): Promise<ReadsReport> {
    return this.ask({ kind: 'reads', ...wish });
  }

  close(): void {
    this.child.kill();
  }

  private async ask<Report>(wish: Wish): Promise<Report> {
    this.child.send(wish);
    const gone = new AbortController();
    const [answer] = (await Promise.race([
      once(this.child, 'message', { signal: gone.signal }),
      once(this.child, 'exit', { signal: gone.signal }).then(() => [{ error: 'the load generator has ended' }]),
    ])) as [Answer<Report>];
    gone.abort();
    if ('report' in answer) return answer.report;
    throw new Error(answer.error);
  }
}
