import { Injectable } from '@nestjs/common';
import { Database, Problem, type Caller, type SingleAnswer } from '@orderkeel/platform';
import type { IntentContent } from './intent-content.js';
import { isStored } from './intent.store.js';
import { SubmissionCounts } from './submission-counts.js';
import { SubmissionGroups } from './submission-groups.js';
import { submitIntents, submitNewIntents } from './submit-intents.js';
import type { SubmitOutcome } from './submit.decide.js';

/** The command that receives intents, single or many. */
@Injectable()
export class Submissions {
  private readonly groups = new SubmissionGroups(this);

  constructor(
    private readonly database: Database,
    private readonly counts: SubmissionCounts,
  ) {}

  /** Receives all in one transaction; when this resolves they are durable. One outcome for each, in order. */
  async submit(caller: Caller, contents: readonly IntentContent[]): Promise<SubmitOutcome[]> {
    if (contents.length === 0) return [];
    const outcomes = await this.database.command('order', caller, (tx) => submitIntents(tx, contents));
    this.count(contents, outcomes);
    return outcomes;
  }

  /** As `submit`, but receives only those whose keys are new; undefined for the others. */
  async submitNew(caller: Caller, contents: readonly IntentContent[]): Promise<(SubmitOutcome | undefined)[]> {
    const outcomes = await this.database.command('order', caller, (tx) => submitNewIntents(tx, contents));
    this.count(contents, outcomes);
    return outcomes;
  }

  /** Receives one, in a transaction with others that arrive at the same time. */
  submitOne(caller: Caller, content: IntentContent): Promise<SubmitOutcome> {
    return this.groups.submit(caller, content);
  }

  /** Whether the intent is stored with this very content, so that submitting it changes nothing. Locks nothing. */
  async isRepeated(caller: Caller, content: IntentContent): Promise<boolean> {
    return this.database.lookUp(caller, (tx) => isStored(tx, content));
  }

  private count(contents: readonly IntentContent[], outcomes: readonly (SubmitOutcome | undefined)[]): void {
    for (const [nth, outcome] of outcomes.entries())
      if (outcome) this.counts.count(contents[nth]!.sourceSystem, outcome.verdict);
  }
}

/** The HTTP status of an outcome without a wait (interfaces 3). */
export function statusOf({ verdict }: SubmitOutcome): 200 | 202 | 409 {
  return verdict === 'repeated' ? 200 : verdict === 'already-accepted' ? 409 : 202;
}

/** What an outcome is answered in a batch, where nobody waits. */
export function answerOf(outcome: SubmitOutcome): SingleAnswer<SubmitOutcome> {
  if (outcome.verdict === 'already-accepted') return { problem: alreadyAccepted(outcome), made: outcome };
  return { status: statusOf(outcome), made: outcome };
}

/** The refusal of other content for an intent that is an order already. */
export function alreadyAccepted({ orderId }: SubmitOutcome): Problem {
  const detail = `The intent was accepted with other content and is order ${orderId}; send changes as adjustments of it`;
  return new Problem('intent-already-accepted', detail, { members: { orderId } });
}
