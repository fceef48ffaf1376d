import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  answerBatch,
  Answers,
  BatchRoute,
  Problem,
  RequestCaller,
  type Caller,
  type Checked,
} from '@orderkeel/platform';
import { Backlog, TurnsAway } from './backlog.js';
import { validateIntent, type IntentContent } from './intent-content.js';
import { IntentBatchResults, IntentBatch } from './submission.schema.js';
import { answerOf, Submissions } from './submissions.js';
import type { SubmitOutcome } from './submit.decide.js';

/** Bytes of one intent, in a batch as alone (order S1.80). */
const MAX_INTENT_BYTES = 1024 * 1024;

/** `POST /order-intents/batch` (interfaces 3): each intent on its own, all that are valid in one transaction. */
@ApiTags('order intents')
@Controller('order-intents/batch')
export class SubmitBatchController {
  constructor(
    private readonly submissions: Submissions,
    private readonly backlog: Backlog,
  ) {}

  @Post()
  @BatchRoute()
  @Answers(200, IntentBatchResults, 'One result for each intent, in order, with the status of the single request')
  @TurnsAway()
  async submit(@Body() { intents }: IntentBatch, @RequestCaller() caller: Caller) {
    await this.backlog.refuseWhenTooLong();
    return answerBatch(intents, {
      path: '/order-intents/batch',
      check,
      carryOut: async (contents) => (await this.submissions.submit(caller, contents)).map(answerOf),
      tell,
    });
  }
}

function check(intent: unknown): Checked<IntentContent> {
  const validated = validateIntent(intent);
  if ('faults' in validated) return { problem: Problem.invalid(validated.faults) };
  if (Buffer.byteLength(JSON.stringify(intent)) <= MAX_INTENT_BYTES) return validated;
  const detail = `An intent may have ${MAX_INTENT_BYTES} bytes, also in a batch`;
  return { problem: new Problem('payload-too-large', detail) };
}

function tell(outcome: SubmitOutcome | undefined, intent: unknown): object {
  const { orderIntentId } = (intent ?? {}) as { orderIntentId?: unknown };
  const sent = { orderIntentId: typeof orderIntentId === 'string' ? orderIntentId : null };
  if (!outcome) return sent;
  const { id, orderId, state } = outcome;
  return { ...sent, id, orderId, state };
}
