import { newId, type ModuleTx } from '@orderkeel/platform';
import type { StatusWord } from '@orderkeel/platform/contract';
import { appendStatuses } from '../contract/append-statuses.js';
import type { VisibleOrder } from '../data/visible-order.js';
import type { EntryAnswer } from '../read-timeline/entry.schema.js';
import { findEntry } from '../read-timeline/timeline.store.js';
import type { EntryIn } from './append-entry.schema.js';

/** Appends one entry from outside; a blocking one waits for the order's gates (architecture 7). Gives it as stored. */
export async function appendEntry(
  tx: ModuleTx,
  order: VisibleOrder,
  word: StatusWord,
  { payload = {}, recordedAt, ...entry }: EntryIn,
): Promise<EntryAnswer> {
  const [id] = await appendStatuses(tx, [
    {
      ...order,
      statusCode: word.code,
      causeId: newId(tx.clock.nowMs()),
      category: entry.category ?? word.category ?? null,
      severity: entry.severity ?? word.severity ?? null,
      payload,
      ...(recordedAt !== undefined && { recordedAt }),
    },
  ]);
  return (await findEntry(tx, order.orderId, id!))!;
}
