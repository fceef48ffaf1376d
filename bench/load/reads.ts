import { latencyOf, type Latency } from '../report/statistics.js';
import { HttpClient } from './http-client.js';

/** Reads as fast as they are answered, by so many clients. */
export interface ReadsWish {
  readonly kind: 'reads';
  readonly url: string;
  /** What is looked at, again and again: paths that one client asks for one after the other. */
  readonly looks: readonly (readonly string[])[];
  /** Clients; each waits for its answer before it asks again. */
  readonly concurrency: number;
  readonly seconds: number;
}

/** How reads were answered. */
export interface ReadsReport {
  readonly requestsPerSecond: number;
  /** Of a look: from its first request until its last answer is there. */
  readonly latency: Latency;
}

/** Reads for a while. Throws when an answer is not 200. */
export async function readForAWhile({ url, looks, concurrency, seconds }: ReadsWish): Promise<ReadsReport> {
  const client = new HttpClient(url);
  const startedMs = performance.now();
  const milliseconds: number[] = [];
  let next = 0;
  let requests = 0;
  const read = async () => {
    while (performance.now() - startedMs < seconds * 1000) {
      const look = looks[next++ % looks.length]!;
      const askedMs = performance.now();
      for (const path of look) await client.getExpecting(200, path);
      milliseconds.push(performance.now() - askedMs);
      requests += look.length;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, read));
  const tookMs = performance.now() - startedMs;
  client.close();
  return { requestsPerSecond: (requests / tookMs) * 1000, latency: latencyOf(milliseconds) };
}
