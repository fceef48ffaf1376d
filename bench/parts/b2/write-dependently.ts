import type pg from 'pg';
import { inStages } from './batches.js';
import type { DependentBatch } from './dependent-batches.js';
import { inTransaction, insertOf, withConnections } from './raw-connections.js';

/** Connections that it can be done on. */
export const DEPENDENT_CONNECTIONS = [1, 3] as const;

/**
 * Writes the batches in the product's three kinds of transactions, of which one begins when those before have committed; gives
 * the seconds. On one connection a batch is written when the one before it is done; on three, each kind has its own, as the
 * product's executors have, and goes on with the next batch meanwhile.
 */
export async function writeDependently(
  rawUrl: string,
  batches: readonly DependentBatch[],
  connections: (typeof DEPENDENT_CONNECTIONS)[number],
): Promise<number> {
  return withConnections(rawUrl, connections, async ([intake, ingestor = intake, reserver = intake]) => {
    const stages = [
      (batch: DependentBatch) => receive(intake!, batch),
      (batch: DependentBatch) => accept(ingestor!, batch),
      (batch: DependentBatch) => reserve(reserver!, batch),
    ];
    const startMs = performance.now();
    if (connections === 3) await inStages(batches, stages);
    else for (const batch of batches) await inStages([batch], stages);
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
