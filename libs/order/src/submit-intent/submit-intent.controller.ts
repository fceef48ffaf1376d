import { Body, Controller, Headers, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Answers, Database, Problem, Refuses, RequestCaller, type Caller } from '@orderkeel/platform';
import type { FastifyReply } from 'fastify';
import type { IntentState } from '../contract/order-intent.contract.js';
import { findRejection } from '../read-intents/intents.store.js';
import { OrderOut } from '../read-orders/order.schema.js';
import { findOrder } from '../read-orders/orders.store.js';
import { Backlog, TurnsAway } from './backlog.js';
import { DecisionWaits } from './decision-waits.js';
import { intentContent } from './intent-content.js';
import { preferredWaitS } from './prefer-wait.js';
import { IntentReceipt, OrderIntentIn } from './submission.schema.js';
import { alreadyAccepted, statusOf, Submissions } from './submissions.js';
import type { SubmitOutcome } from './submit.decide.js';

const schemaOf = (name: string) => ({ $ref: `#/components/schemas/${name}_Output` });
const SAME_CONTENT = {
  status: 200,
  description: 'The same content as before: its present state; with a wait: the order that it is already',
  content: { 'application/json': { schema: { oneOf: [schemaOf('IntentReceipt'), schemaOf('OrderOut')] } } },
};

/** `POST /order-intents` (interfaces 3). */
@ApiTags('order intents')
@Controller('order-intents')
export class SubmitIntentController {
  constructor(
    private readonly submissions: Submissions,
    private readonly backlog: Backlog,
    private readonly waits: DecisionWaits,
    private readonly database: Database,
  ) {}

  @Post()
  @ApiHeader({
    name: 'Prefer',
    required: false,
    description: '`wait=N`: wait up to N seconds, at most 30, for the order',
  })
  @Answers(202, IntentReceipt, 'Received, or replaced what was not accepted yet; with a wait: not decided in time')
  @Answers(201, OrderOut, 'With a wait: the order that it became')
  @ApiResponse(SAME_CONTENT)
  @Refuses('intent-already-accepted', 'intent-rejected')
  @TurnsAway()
  async submit(
    @Body() body: OrderIntentIn,
    @Headers('prefer') prefer: string | undefined,
    @RequestCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const content = intentContent(body);
    await this.backlog.refuseWhenTooLong(() => this.submissions.isRepeated(caller, content));
    const outcome = await this.submissions.submitOne(caller, content);
    if (outcome.verdict === 'already-accepted') throw alreadyAccepted(outcome);
    const waitS = preferredWaitS(prefer);
    if (waitS === 0) return receiptOf(outcome, statusOf(outcome), reply);
    void reply.header('preference-applied', `wait=${waitS}`);
    const decided = await this.decided(outcome, content.contentHash, waitS);
    return this.answerDecision(outcome, decided, caller, reply);
  }

  /** The state that was waited for. Content that another request has replaced meanwhile is refused, not mistaken for it. */
  private async decided(outcome: SubmitOutcome, contentHash: string, waitS: number): Promise<IntentState> {
    if (outcome.state !== 'received') return outcome.state;
    const decision = await this.waits.decision(outcome.orderId, waitS * 1000);
    if (decision?.state === 'accepted' && decision.contentHash !== contentHash) throw alreadyAccepted(outcome);
    return decision?.state ?? 'received';
  }

  private async answerDecision(outcome: SubmitOutcome, state: IntentState, caller: Caller, reply: FastifyReply) {
    const { id, orderId, state: before } = outcome;
    if (state === 'rejected') await this.refuseRejected(id, caller);
    if (state !== 'accepted')
      return receiptOf({ ...outcome, state: state === 'held' ? 'held' : 'received' }, 202, reply);
    void reply.status(before === 'accepted' ? 200 : 201).header('location', `/orders/${orderId}`);
    return this.database.lookUp(caller, (tx) => findOrder(tx, orderId));
  }

  /** Returns when the rejected content was replaced in the meantime. */
  private async refuseRejected(id: string, caller: Caller): Promise<void> {
    const rejection = await this.database.lookUp(caller, (tx) => findRejection(tx, id));
    if (!rejection) return;
    const { orderId, httpStatus, reasons } = rejection;
    const detail = reasons.map(({ message }) => message).join('; ');
    throw new Problem('intent-rejected', detail, { status: httpStatus, members: { orderId, reasons } });
  }
}

function receiptOf({ id, orderId, state }: SubmitOutcome, status: number, reply: FastifyReply) {
  void reply.status(status).header('location', `/order-intents/${id}`);
  return { id, orderId, state };
}
