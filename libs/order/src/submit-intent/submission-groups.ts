import { codeOf, failureKind, QUERY_CANCELED, type Caller } from '@orderkeel/platform';
import { setTimeout as delay } from 'node:timers/promises';
import type { IntentContent } from './intent-content.js';
import { keyOf } from './intent-key.js';
import type { SubmitOutcome } from './submit.decide.js';

/** Milliseconds after which a group that waits, for a lock, no longer keeps the next one from setting off. */
const PATIENCE_MS = 10;
/** A group locks what it inserts; it need not be larger than a batch that is sent as one. */
const MOST = 200;

/** How intents of one caller are received, each time in one transaction; outcomes are in order. */
export interface Reception {
  /** All of them. */
  submit(caller: Caller, contents: readonly IntentContent[]): Promise<SubmitOutcome[]>;
  /** Those whose keys are new; undefined where the key was there. */
  submitNew(caller: Caller, contents: readonly IntentContent[]): Promise<(SubmitOutcome | undefined)[]>;
}

interface Waiting {
  readonly caller: Caller;
  readonly content: IntentContent;
  readonly resolve: (outcome: SubmitOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Single intents that arrive while others are being stored wait for those and then share a transaction: what a transaction
 * costs, round trips and the flush of its commit, is paid once for all of them. Nobody waits where nobody else is about,
 * and nobody for somebody else's key: an intent whose key was there is received alone, since the ingestor may hold it.
 */
export class SubmissionGroups {
  private waiting: Waiting[] = [];
  private working = false;

  constructor(private readonly reception: Reception) {}

  /** Receives one intent; when this resolves it is durable. */
  submit(caller: Caller, content: IntentContent): Promise<SubmitOutcome> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ caller, content, resolve, reject });
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

  /** Answers each of them, one way or the other. */
  private async carryOut(group: readonly Waiting[]): Promise<void> {
    const left = group.length > 1 ? await this.receiveNew(group) : group;
    await Promise.all([...sameKeys(left)].map((same) => this.receiveAll(same)));
  }

  /**
   * Answers those whose keys are new, and gives the others. A failure may be one intent's, and is then no other's; but what
   * cannot be had now nobody can have, and two hundred transactions more are no help to a server that is down. A statement
   * that took too long has waited for somebody who holds one of the keys.
   */
  private async receiveNew(group: readonly Waiting[]): Promise<readonly Waiting[]> {
    try {
      const outcomes = await this.reception.submitNew(...argumentsFor(group));
      group.forEach(({ resolve }, nth) => outcomes[nth] && resolve(outcomes[nth]));
      return group.filter((_, nth) => !outcomes[nth]);
    } catch (error) {
      if (failureKind(error) !== 'unavailable' || codeOf(error) === QUERY_CANCELED) return group;
      group.forEach(({ reject }) => reject(error));
      return [];
    }
  }

  private async receiveAll(group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.reception.submit(...argumentsFor(group));
      group.forEach(({ resolve }, nth) => resolve(outcomes[nth]!));
    } catch (error) {
      group.forEach(({ reject }) => reject(error));
    }
  }
}

/** Submissions of one key stay in the order in which they came. */
function sameKeys(group: readonly Waiting[]): Iterable<Waiting[]> {
  const byKey = new Map<string, Waiting[]>();
  for (const each of group) {
    const key = keyOf(each.content);
    byKey.set(key, [...(byKey.get(key) ?? []), each]);
  }
  return byKey.values();
}

function argumentsFor(group: readonly Waiting[]): [Caller, IntentContent[]] {
  return [group[0]!.caller, group.map(({ content }) => content)];
}
