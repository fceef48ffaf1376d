import type { Caller } from '@orderkeel/platform';
import { setTimeout as delay } from 'node:timers/promises';
import type { IntentContent } from './intent-content.js';
import type { SubmitOutcome } from './submit.decide.js';

/** Milliseconds after which a group that waits, for a lock, no longer keeps the next one from setting off. */
const PATIENCE_MS = 10;
/** A group locks what it inserts; it need not be larger than a batch that is sent as one. */
const MOST = 200;

/** Receives intents of one caller in one transaction: an outcome for each, in order. */
export type Submit = (caller: Caller, contents: readonly IntentContent[]) => Promise<SubmitOutcome[]>;

interface Waiting {
  readonly caller: Caller;
  readonly content: IntentContent;
  readonly resolve: (outcome: Promise<SubmitOutcome>) => void;
}

/**
 * Single intents that arrive while others are being stored wait for those and then share a transaction: what a transaction
 * costs, round trips and the flush of its commit, is paid once for all of them. Nobody waits where nobody else is about.
 */
export class SubmissionGroups {
  private waiting: Waiting[] = [];
  private working = false;

  constructor(private readonly store: Submit) {}

  /** Receives one intent; when this resolves it is durable. */
  submit(caller: Caller, content: IntentContent): Promise<SubmitOutcome> {
    return new Promise((resolve) => {
      this.waiting.push({ caller, content, resolve });
      if (!this.working) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.working = true;
    while (this.waiting.length > 0) await Promise.race([this.carryOut(this.nextGroup()), delay(PATIENCE_MS)]);
    this.working = false;
  }

  /** Those of the caller who has waited longest: a transaction is one caller's. */
  private nextGroup(): Waiting[] {
    const { caller } = this.waiting[0]!;
    const isOfCaller = (each: Waiting) =>
      each.caller.actor === caller.actor && each.caller.tenantId === caller.tenantId;
    const group = this.waiting.filter(isOfCaller).slice(0, MOST);
    this.waiting = this.waiting.filter((each) => !group.includes(each));
    return group;
  }

  /** Where a group fails each is tried alone, so that one intent's fault is no other's. Throws nothing. */
  private async carryOut(group: readonly Waiting[]): Promise<void> {
    const contents = group.map(({ content }) => content);
    const outcomes = group.length > 1 ? await this.store(group[0]!.caller, contents).catch(() => []) : [];
    const answers = group.map(async ({ caller, content }, nth) => {
      return outcomes[nth] ?? (await this.store(caller, [content]))[0]!;
    });
    group.forEach(({ resolve }, nth) => resolve(answers[nth]!));
    await Promise.allSettled(answers);
  }
}
