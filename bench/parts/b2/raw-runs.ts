import { watchWork } from '../../installation/database-work.js';
import { Onlooker } from '../../installation/onlooker.js';
import { watchCpu, type CpuUse } from '../../machine/cpu-watch.js';
import type { LeftTable } from './left-rows.js';
import { emptyTables, refuseLoss } from './raw-database.js';

/** One run of writing to the raw database. */
export interface RawRun {
  readonly orders: number;
  readonly ordersPerSecond: number;
  readonly walBytes: number;
  /** `bench` is what writes. */
  readonly use: CpuUse;
}

/** Where raw runs write. */
export interface RawServer {
  readonly url: string;
  /** Process of the server. */
  readonly pid: number;
  readonly tables: readonly LeftTable[];
}

/** Writes so many orders to tables that are empty; `write` gives the seconds that it took. */
export async function measureRaw(
  { url, pid, tables }: RawServer,
  orders: number,
  write: () => Promise<number>,
): Promise<RawRun> {
  await emptyTables(url, tables);
  return Onlooker.beside(url, async (onlooker) => {
    const worked = await watchWork(onlooker);
    const used = await watchCpu({ postgres: pid });
    const seconds = await write();
    const use = await used();
    const { walBytes } = await worked();
    await refuseLoss(url, tables);
    return { orders, ordersPerSecond: orders / seconds, walBytes, use };
  });
}
