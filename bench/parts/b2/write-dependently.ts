import type pg from 'pg';
import { inStages } from './batches.js';
import type { DependentBatch } from './dependent-batches.js';
import { inTransaction, insertOf, withConnections } from './raw-connections.js';

/**
 * Writes the batches as the product does, in three kinds of transactions of which one begins when those before have
 * committed, on a connection each; gives the seconds.
 */
export async function writeDependently(rawUrl: string, batches: readonly DependentBatch[]): Promise<number> {
  return withConnections(rawUrl, 3, async ([intake, ingestor, reserver]) => {
    const startMs = performance.now();
    await inStages(batches, [
      (batch) => receive(intake!, batch),
      (batch) => accept(ingestor!, batch),
      (batch) => reserve(reserver!, batch),
    ]);
    return (performance.now() - startMs) / 1000;
  });
}

async function receive(raw: pg.Client, { requests }: DependentBatch): Promise<void> {
  for (const intents of requests) await inTransaction(raw, [insertOf(intents)]);
}

function accept(raw: pg.Client, { orders, answers }: DependentBatch): Promise<void> {
  const answer = { name: 'answer', text: ANSWER, values: [...answers] };
  return moveOn(raw, 'orderIntentIngestor', [...orders.map(insertOf), answer]);
}

function reserve(raw: pg.Client, { reservations, moves }: DependentBatch): Promise<void> {
  const move = { name: 'move', text: MOVE, values: [...moves] };
  return moveOn(raw, 'inventoryReservationIntake', [move, ...reservations.map(insertOf)]);
}

/** A transaction of an executor: its checkpoint moves first. */
async function moveOn(raw: pg.Client, executor: string, statements: readonly pg.QueryConfig[]): Promise<void> {
  const [fenced] = await inTransaction(raw, [{ name: 'fence', text: FENCE, values: [executor] }, ...statements]);
  if (fenced!.rowCount !== 1)
    throw new Error(`${executor} has ${fenced!.rowCount} checkpoints; this writes as one lane does`);
}

const FENCE = `
UPDATE cdc.checkpoint SET pos = pos + 1, batches = batches + 1, updated_at = clock_timestamp() WHERE executor = $1`;

const ANSWER = `
UPDATE "order".order_intent AS i SET state = 'accepted', updated_at = a.updated_at
  FROM unnest($1::uuid[], $2::timestamptz[]) AS a(id, updated_at) WHERE i.id = a.id`;

const MOVE = `
UPDATE inventory.stock AS s
   SET reserved = s.reserved + r.reserved, sequence = s.sequence + r.entries, updated_at = clock_timestamp()
  FROM unnest($1::uuid[], $2::bigint[], $3::numeric[]) AS r(id, entries, reserved) WHERE s.id = r.id`;
