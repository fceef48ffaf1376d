import { describe, expect, it } from '@jest/globals';
import { FailingSpell } from './failing-spell.js';

describe('a spell of failing', () => {
  it('lasts from the first failure through all that follow', () => {
    const spell = new FailingSpell();
    expect(spell.sinceMs).toBe(null);
    spell.failed(1_000);
    spell.failed(90_000);
    expect(spell.sinceMs).toBe(1_000);
  });

  it('is not ended by reading that breaks at once, and is by reading that lasts', () => {
    const spell = new FailingSpell();
    spell.failed(1_000);
    spell.reads(2_000);
    spell.failed(3_000);
    expect(spell.sinceMs).toBe(1_000);
    spell.reads(4_000);
    spell.failed(14_000);
    expect(spell.sinceMs).toBe(14_000);
    spell.failed(30_000);
    expect(spell.sinceMs).toBe(14_000);
  });

  it('is ended by another one that reads', () => {
    const spell = new FailingSpell();
    spell.failed(1_000);
    spell.standsBy();
    expect(spell.sinceMs).toBe(null);
  });
});
