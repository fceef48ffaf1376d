import { setImmediate as otherWork } from 'node:timers/promises';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, BatchRoute, Problem, problemDocument, RequestCaller, type Caller } from '@orderkeel/platform';
import { Backlog, TurnsAway } from './backlog.js';
import { validateIntent, type IntentContent } from './intent-content.js';
import { IntentBatchResults, IntentBatch, type BatchResult } from './submission.schema.js';
import { alreadyAccepted, statusOf, Submissions } from './submissions.js';
import type { SubmitOutcome } from './submit.decide.js';

const PATH = '/order-intents/batch';
/** Bytes of one intent, in a batch as alone (order S1.80). */
const MAX_INTENT_BYTES = 1024 * 1024;
/** Intents that are checked before other requests get their turn. */
const CHECKED_AT_ONCE = 50;

/** `POST /order-intents/batch` (interfaces 3): each intent on its own, all that are valid in one transaction. */
@ApiTags('order intents')
@Controller('order-intents/batch')
export class SubmitBatchController {
  constructor(
    private readonly submissions: Submissions,
    private readonly backlog: Backlog,
  ) {}

  @Post()
  @HttpCode(200)
  @BatchRoute()
  @Answers(200, IntentBatchResults, 'One result for each intent, in order, with the status of the single request')
  @TurnsAway()
  async submit(@Body() { intents }: IntentBatch, @RequestCaller() caller: Caller) {
    await this.backlog.refuseWhenTooLong();
    const checked = await checkAll(intents);
    const contents = checked.flatMap((each) => ('content' in each ? [each.content] : []));
    const outcomes = await this.submissions.submit(caller, contents);
    const results = checked.map((each, index) =>
      'content' in each
        ? answered(index, each.content.orderIntentId, outcomes.shift()!)
        : refused(index, orderIntentIdOf(intents[index]), each.problem),
    );
    return { results };
  }
}

type Checked = { readonly content: IntentContent } | { readonly problem: Problem };

async function checkAll(intents: readonly unknown[]): Promise<Checked[]> {
  const checked: Checked[] = [];
  for (const intent of intents) {
    checked.push(check(intent));
    if (checked.length % CHECKED_AT_ONCE === 0) await otherWork();
  }
  return checked;
}

function check(intent: unknown): Checked {
  const validated = validateIntent(intent);
  if ('faults' in validated) return { problem: Problem.invalid(validated.faults) };
  if (Buffer.byteLength(JSON.stringify(intent)) <= MAX_INTENT_BYTES) return { content: validated.value };
  const detail = `An intent may have ${MAX_INTENT_BYTES} bytes, also in a batch`;
  return { problem: new Problem('payload-too-large', detail) };
}

function answered(index: number, orderIntentId: string, outcome: SubmitOutcome): BatchResult {
  const { id, orderId, state } = outcome;
  const result = { index, status: statusOf(outcome), orderIntentId, id, orderId, state };
  if (outcome.verdict !== 'already-accepted') return result;
  return { ...result, problem: problemDocument(alreadyAccepted(outcome), PATH) };
}

function refused(index: number, orderIntentId: string | null, problem: Problem): BatchResult {
  return { index, status: problem.status, orderIntentId, problem: problemDocument(problem, PATH) };
}

function orderIntentIdOf(intent: unknown): string | null {
  const { orderIntentId } = (intent ?? {}) as { orderIntentId?: unknown };
  return typeof orderIntentId === 'string' ? orderIntentId : null;
}
