import type { Database } from '../database/database.js';
import type { StreamLog } from '../reaction/stream-log.js';
import { readAck, writeAck } from './ack.store.js';
import { letGoPassed, letGoPlaceless } from './slot-holds.store.js';

/** What the slot says of itself at the start of a reign. */
interface SlotStart {
  readonly slot: string;
  readonly confirmed: bigint;
  /** Set when the slot was just made: all that was committed before is not in it. */
  readonly madeAt: bigint | null;
  readonly sourceId: string;
}

/**
 * A slot that stands ahead of what we acknowledged, or on another server than our positions, has lost changes: the
 * executors whose place it has passed read the tables again (reliability F4, 3.4).
 */
export async function refuseGaps(db: Database, start: SlotStart, log: StreamLog): Promise<void> {
  const { slot, confirmed, madeAt, sourceId } = start;
  const passed = await db.bookkeeping(async (tx) => {
    const ack = await readAck(tx, slot);
    const isOther = madeAt !== null || (ack !== null && ack.sourceId !== sourceId);
    if (!isOther && confirmed <= (ack?.upTo ?? -1n)) return [];
    const executors = await letGoPassed(tx, slot, confirmed, isOther);
    await writeAck(tx, { slot, upTo: confirmed, sourceId }, { lanes: [], to: 0n });
    return executors;
  });
  if (passed.length > 0) log.gap(passed);
  const placeless = await db.bookkeeping((tx) => letGoPlaceless(tx, slot));
  if (placeless.length > 0) log.catchingUp(placeless);
}
