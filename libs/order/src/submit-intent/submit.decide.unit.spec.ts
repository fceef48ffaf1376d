import { describe, expect, it } from '@jest/globals';
import type { IntentState } from '../contract/order-intent.contract.js';
import { decideFirstSubmissions, decideSubmissions } from './submit.decide.js';

const decide = (state: IntentState, contentHash: string, submitted: string[]) => {
  const { outcomes, winner } = decideSubmissions({ id: 'i', orderId: 'o', state, contentHash }, submitted);
  return { verdicts: outcomes.map((outcome) => `${outcome.verdict} ${outcome.state}`), winner };
};

describe('submissions of one key', () => {
  it.each(['received', 'rejected', 'held', 'accepted'] as const)('repeat what is %s without changing it', (state) => {
    expect(decide(state, 'a', ['a', 'a'])).toEqual({ verdicts: Array(2).fill(`repeated ${state}`), winner: undefined });
  });

  it.each(['received', 'rejected', 'held'] as const)('replace what is %s', (state) => {
    expect(decide(state, 'a', ['b'])).toEqual({ verdicts: ['replaced received'], winner: 0 });
  });

  it('are refused after acceptance unless they say the same', () => {
    expect(decide('accepted', 'a', ['b', 'a'])).toEqual({
      verdicts: ['already-accepted accepted', 'repeated accepted'],
      winner: undefined,
    });
  });

  it('count one after the other: the last other content stays', () => {
    expect(decide('rejected', 'a', ['b', 'b', 'a', 'a'])).toEqual({
      verdicts: ['replaced received', 'repeated received', 'replaced received', 'repeated received'],
      winner: 2,
    });
  });

  it('are received first where nobody had submitted the key', () => {
    const verdicts = decideFirstSubmissions('i', 'o', ['a', 'a', 'b']).map((outcome) => outcome.verdict);
    expect(verdicts).toEqual(['received', 'repeated', 'replaced']);
  });
});
