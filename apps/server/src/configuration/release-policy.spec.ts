import { describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfigurationFile } from './configuration-file.js';

const FULFIL = { action: 'fulfil', requires: ['inventory:reservation_confirmed'], forbids: { severity: 'blocking' } };

describe('release policies of the configuration file', () => {
  const read = async (policy: object) => {
    const folder = await mkdtemp(join(tmpdir(), 'orderkeel-policy-'));
    const path = join(folder, 'config.json');
    try {
      await writeFile(path, JSON.stringify({ releasePolicies: [policy] }));
      return readConfigurationFile(path, true, []).releasePolicies;
    } finally {
      await rm(folder, { recursive: true });
    }
  };

  it('are taken as they are, what they leave out being no condition', async () => {
    expect(await read(FULFIL)).toEqual([FULFIL]);
    expect(await read({ action: 'fulfil' })).toEqual([{ action: 'fulfil', requires: [] }]);
  });

  it.each([
    [
      'an action that nobody knows',
      { ...FULFIL, action: 'zz' },
      /releasePolicies\.0\.action is "zz", .* known: fulfil/,
    ],
    ['no action', {}, /releasePolicies\.0\.action/],
    [
      'what is no status code',
      { ...FULFIL, requires: ['confirmed'] },
      /releasePolicies\.0\.requires\.0 is "confirmed"/,
    ],
    ['a key that nobody knows', { ...FULFIL, require: [] }, /releasePolicies\.0\.require is not a key/],
    ['an unknown severity', { ...FULFIL, forbids: { severity: 'bad' } }, /releasePolicies\.0\.forbids\.severity/],
    ['a condition without content', { ...FULFIL, forbids: {} }, /releasePolicies\.0\.forbids names neither/],
  ])('stop the start with the name of %s', async (_what, policy, message) => {
    await expect(read(policy)).rejects.toThrow(message);
  });
});
