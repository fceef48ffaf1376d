import { describe, expect, it } from '@jest/globals';
import { orderVocabulary } from '../order.vocabulary.js';
import { decideWord, isTooFarAhead } from './entry.decide.js';

describe('a word from outside', () => {
  it.each(['manual:note', 'manual:hold', 'manual:write_off', 'crm:case_opened', 'entity:settlement'])(
    'may be %s',
    (code) => expect(decideWord(orderVocabulary, code)).toMatchObject({ word: { code } }),
  );

  it.each([
    ['order:submitted', 'namespace-forbidden'],
    ['order:nonsense', 'namespace-forbidden'],
    ['inventory:reservation_confirmed', 'namespace-forbidden'],
    ['manual:nonsense', 'unknown-status-code'],
    ['crm:note', 'unknown-status-code'],
    ['manual:closed', 'closes-nothing'],
  ])('may not be %s: %s', (code, refused) => expect(decideWord(orderVocabulary, code)).toEqual({ refused }));

  it('may be of any time up to five minutes ahead', () => {
    expect([-1e12, 0, 300_000, 300_001].map((aheadMs) => isTooFarAhead(1e12 + aheadMs, 1e12))).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});
