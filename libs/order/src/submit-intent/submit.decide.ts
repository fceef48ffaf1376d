import type { IntentState } from '../contract/order-intent.contract.js';

/** What is known of an intent whose key was submitted. */
export interface KnownIntent {
  readonly id: string;
  readonly orderId: string;
  readonly state: IntentState;
  readonly contentHash: string;
}

/** What became of one submission (order X18). `already-accepted` is the only refusal. */
export interface SubmitOutcome {
  readonly verdict: 'received' | 'replaced' | 'repeated' | 'already-accepted';
  readonly id: string;
  readonly orderId: string;
  /** The state after this submission. */
  readonly state: IntentState;
}

/** The outcomes of all submissions of one key, in order, and which of them is the content that stays, if any is new. */
export interface SubmitDecision {
  readonly outcomes: readonly SubmitOutcome[];
  /** Index of the submission whose content replaces what is stored; undefined when what is stored stays. */
  readonly winner: number | undefined;
}

/**
 * Submissions of one key, as if sent one after the other (interfaces 3): the same content is answered with the present
 * state, other content replaces until acceptance and is refused after it.
 */
export function decideSubmissions(known: KnownIntent, contentHashes: readonly string[]): SubmitDecision {
  const { id, orderId } = known;
  let { state, contentHash } = known;
  let winner: number | undefined;
  const outcomes = contentHashes.map((submitted, index): SubmitOutcome => {
    if (submitted === contentHash) return { verdict: 'repeated', id, orderId, state };
    if (state === 'accepted') return { verdict: 'already-accepted', id, orderId, state };
    [state, contentHash, winner] = ['received', submitted, index];
    return { verdict: 'replaced', id, orderId, state };
  });
  return { outcomes, winner };
}

/** The same for a key that nobody had submitted before: the first submission is received. */
export function decideFirstSubmissions(id: string, orderId: string, contentHashes: readonly string[]): SubmitOutcome[] {
  const [first = '', ...later] = contentHashes;
  const received = { id, orderId, state: 'received' } as const;
  return [
    { verdict: 'received', ...received },
    ...decideSubmissions({ ...received, contentHash: first }, later).outcomes,
  ];
}
