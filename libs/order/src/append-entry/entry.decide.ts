import { namespaceOf, type StatusWord } from '@orderkeel/platform/contract';

/** How far a writer's clock may be ahead of ours (order X2). */
const MAX_AHEAD_MS = 5 * 60_000;

/** The word of a closing; written alone it would close nothing. */
const CLOSED = 'manual:closed';

/** What may be written from outside: a word, or the reason why not. */
export type WordDecision =
  | { readonly word: StatusWord }
  | { readonly refused: 'namespace-forbidden' | 'unknown-status-code' | 'closes-nothing' };

/**
 * Operators and outside systems write `manual:*` and the external namespaces of the vocabulary, never order's own or
 * another module's. The namespace is judged before the code is looked up (interfaces 3), so that nobody learns another
 * module's words by trying. `manual:closed` is only ever written by closing an entry (interfaces 3). Pure.
 * @param vocabulary order's: its own words, the operators' and the external ones
 */
export function decideWord(vocabulary: readonly StatusWord[], statusCode: string): WordDecision {
  const namespace = namespaceOf(statusCode);
  const external = vocabulary.filter(({ code }) => namespaceOf(code) === namespace && namespace !== 'order');
  if (external.length === 0) return { refused: 'namespace-forbidden' };
  if (statusCode === CLOSED) return { refused: 'closes-nothing' };
  const word = external.find(({ code }) => code === statusCode);
  return word ? { word } : { refused: 'unknown-status-code' };
}

/** Whether a writer's time lies so far ahead that it would stay the newest for long. */
export function isTooFarAhead(recordedAtMs: number, nowMs: number): boolean {
  return recordedAtMs > nowMs + MAX_AHEAD_MS;
}
