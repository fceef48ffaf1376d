import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ModuleTx } from '../database/module-tx.js';
import type { Executor } from './executor.js';
import { reactToKey } from './react-to-key.js';

describe('a reaction that hears one key', () => {
  let statements: string[] = [];
  beforeEach(() => {
    statements = [];
  });
  const tx = { execute: async (sql: string) => statements.push(sql.split(' ')[0]!) } as unknown as ModuleTx;
  const reacting = (react: () => Promise<void>) =>
    reactToKey(tx, { contract: { mutable: false }, reaction: { react } } as unknown as Executor, []);
  const failing = (code: string) => {
    const error = Object.assign(new Error(`made up ${code}`), { code });
    return { error, outcome: reacting(() => Promise.reject(error)) };
  };

  it('keeps what it wrote', async () => {
    expect(await reacting(async () => undefined)).toBeNull();
    expect(statements).toEqual(['SAVEPOINT', 'RELEASE']);
  });

  it.each(['made-up', 'contract-broken', '23505', '22P02'])('gives the error %s, which is its own', async (code) => {
    const { error, outcome } = failing(code);
    expect(await outcome).toBe(error);
    expect(statements).toEqual(['SAVEPOINT', 'ROLLBACK']);
  });

  it.each(['40001', '40P01', '08006', '57P01', '53300', '42501', '0A000', 'XX000'])(
    'ends the transaction on %s, which is nobody’s own',
    async (code) => {
      const { error, outcome } = failing(code);
      await expect(outcome).rejects.toBe(error);
      expect(statements).toEqual(['SAVEPOINT']);
    },
  );
});
