import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** As a page of the WAL. */
const PAGE = Buffer.alloc(8192, 1);
const SYNC_EVERY_MS = 50;
/** A disk that needs longer for a page stands still. */
const STALL_FROM_MS = 50;
/** More than this share of the time, and the slowest hundredth of all orders is the disk's doing. */
const STALLED_FROM = 0.005;

/** How even the disk was. */
export interface DiskUse {
  /** Milliseconds of the longest flush of one page that the bench itself made. */
  readonly longestSyncMs: number;
  /** Share of the time in which such a flush took more than 50 ms, 0 to 1. */
  readonly stalledShare: number;
  /** So often that the highest percentiles say more about the disk than about the product. */
  readonly stalled: boolean;
}

/**
 * Begins to watch the disk of this folder: twenty times a second a page is written into a file that is as large already,
 * and flushed, as PostgreSQL does for a commit. The returned function ends it and says how even the disk was.
 */
export async function watchDisk(folder: string): Promise<() => Promise<DiskUse>> {
  const path = join(folder, 'disk-watch');
  const file = await open(path, 'w');
  const startedMs = performance.now();
  const syncMs: number[] = [];
  let ended = false;
  const sync = async () => {
    const beganMs = performance.now();
    await file.write(PAGE, 0, PAGE.length, 0);
    await file.datasync();
    return performance.now() - beganMs;
  };
  await sync();
  const watching = (async () => {
    while (!ended) {
      syncMs.push(await sync());
      await delay(SYNC_EVERY_MS);
    }
  })();
  return async () => {
    ended = true;
    await watching;
    await file.close();
    await rm(path);
    const stalledMs = syncMs.filter((ms) => ms > STALL_FROM_MS).reduce((sum, ms) => sum + ms, 0);
    const stalledShare = stalledMs / (performance.now() - startedMs);
    return { longestSyncMs: Math.max(...syncMs), stalledShare, stalled: stalledShare > STALLED_FROM };
  };
}
