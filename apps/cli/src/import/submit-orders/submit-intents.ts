import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, ApiClient } from '../client/api-client.js';
import type { ItemResult } from '../client/batch-results.js';
import type { ServerProblem } from '../client/problem.js';
import { ImportFailure } from '../import-failure.js';

/** What the server said to one intent: the status of the single request (interfaces 3). */
export interface IntentResult {
  readonly status: number;
  readonly orderId?: string;
  readonly problem?: ServerProblem;
}

type BatchAnswer = Answer<{ results: readonly (IntentResult & ItemResult)[] }>;

const OVERLOADED_PAUSE_MS = 1_000;
const MOST_TRIES = 600;

/**
 * Submits intents, given as JSON texts, so that no digit of theirs changes on the way. The results stand in the same
 * order. From the first intent that the server had no room for, all are sent again, so that their order is kept.
 */
export async function submitIntents(client: ApiClient, texts: readonly string[]): Promise<IntentResult[]> {
  const results: IntentResult[] = [];
  let from = 0;
  for (let tries = 0; from >= 0 && tries < MOST_TRIES; tries++) {
    if (tries > 0) await pause(OVERLOADED_PAUSE_MS);
    const answers = await sendBatch(client, texts.slice(from));
    for (const [offset, answer] of answers.entries()) {
      // What was new at the first try is there already at the second, and still counts as new.
      if (results[from + offset]?.status !== 202 || answer.status !== 200) results[from + offset] = answer;
    }
    from = results.findIndex(({ status }) => status === 429 || status === 503);
  }
  return results;
}

/** A batch that is refused as a whole (one intent too deep spoils it) is halved until the culprit stands alone. */
async function sendBatch(client: ApiClient, texts: readonly string[]): Promise<IntentResult[]> {
  if (texts.length === 1) return [await sendOne(client, texts[0]!)];
  const answer: BatchAnswer = await client.send('POST', '/order-intents/batch', `{"intents":[${texts.join(',')}]}`);
  if (answer.status === 400 || answer.status === 413) {
    const half = Math.floor(texts.length / 2);
    return [...(await sendBatch(client, texts.slice(0, half))), ...(await sendBatch(client, texts.slice(half)))];
  }
  if (answer.status !== 200) throw unexpected(answer);
  const results: IntentResult[] = [];
  for (const result of answer.body.results) results[result.index] = result;
  return results;
}

async function sendOne(client: ApiClient, text: string): Promise<IntentResult> {
  const { status, body }: Answer<{ orderId?: string }> = await client.send('POST', '/order-intents', text);
  return status < 300 ? { status, ...(body.orderId ? { orderId: body.orderId } : {}) } : { status, problem: body };
}

function unexpected({ status, body }: BatchAnswer): ImportFailure {
  const what = body.detail ?? body.title ?? '';
  return new ImportFailure('unexpected-answer', `POST /order-intents/batch was answered with ${status}: ${what}`);
}
