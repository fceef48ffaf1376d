import type { Contract } from '../contract/contract.js';
import type { Change, ChangeKind } from './reaction.js';

/** What a source hands over: a change event of the stream, a row read by a catch-up, or a parked event. */
export interface SourceEvent {
  readonly op: ChangeKind;
  readonly before: object | null;
  readonly after: object | null;
  /** Why it cannot be read; nobody may react to it, and it waits for a person behind its key (reliability 3.8). */
  readonly fault?: string | undefined;
  /** The Debezium envelope, kept when the event is parked. */
  envelopeJson(): string;
}

/** A change as a reaction sees it: the row is decoded and checked against the contract when it is first asked for. */
export class IncomingChange<C extends Contract = Contract> implements Change<C> {
  readonly kind: ChangeKind;
  private checked: Change<C>['row'] | undefined;

  constructor(
    private readonly contract: C,
    readonly key: string,
    readonly event: SourceEvent,
  ) {
    this.kind = event.op;
  }

  get row(): Change<C>['row'] {
    this.checked ??= this.check();
    return this.checked;
  }

  private check(): Change<C>['row'] {
    const result = this.contract.row.safeParse(this.event.after ?? this.event.before);
    if (result.success) return result.data as Change<C>['row'];
    const issue = result.error.issues[0];
    throw Object.assign(
      new Error(
        `a row of ${this.contract.name} with key ${this.key} breaks its contract at ${issue?.path.join('.')}: ${issue?.message}`,
      ),
      { code: 'contract-broken', retriable: false },
    );
  }
}

/**
 * One change of each key where its row is mutable: facts are read, so the newest says all. It stands where the key came
 * first, since that is when the same changes one by one would have looked at the facts: a key that comes again must not
 * fall behind those that it came before.
 */
export function coalesce(contract: Contract, changes: readonly IncomingChange[]): IncomingChange[] {
  if (!contract.mutable) return [...changes];
  const newest = new Map<string, IncomingChange>();
  for (const change of changes) newest.set(change.key, change);
  return [...newest.values()];
}
