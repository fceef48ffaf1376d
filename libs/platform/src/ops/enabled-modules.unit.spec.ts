import { describe, expect, it } from '@jest/globals';
import type { Database } from '../database/database.js';
import { EnabledModules } from './enabled-modules.js';

/** A stored set that says how often it was looked at, and a clock set by hand. */
function world() {
  const at = { ms: 0, looks: 0, stored: [{ module: 'inventory', enabled: true }], broken: false };
  const query = async () => {
    at.looks += 1;
    if (at.broken) throw new Error('the database is away');
    return at.stored;
  };
  const db = { bookkeeping: (work: (tx: object) => unknown) => work({ query }) } as unknown as Database;
  const clock = { now: () => '', nowMs: () => at.ms };
  return { at, modules: new EnabledModules(db, clock) };
}

const OFF = [{ module: 'inventory', enabled: false }];

describe('what is known of the enabled modules', () => {
  it('is looked up at most once a second, however many ask', async () => {
    const { at, modules } = world();
    await Promise.all([modules.has('inventory'), modules.has('inventory'), modules.has('billing')]);
    at.ms = 999;
    expect(await modules.has('inventory')).toBe(true);
    expect(at.looks).toBe(1);
  });

  it('is at most a second old, also after the clock was set back', async () => {
    const { at, modules } = world();
    expect(await modules.has('inventory')).toBe(true);
    at.stored = OFF;
    at.ms = 1000;
    expect(await modules.has('inventory')).toBe(false);
    at.stored = [];
    at.ms = -3_600_000;
    expect(await modules.has('inventory')).toBe(true);
  });

  it('is asked for again once this process has switched one, and after a look that failed', async () => {
    const { at, modules } = world();
    expect(await modules.has('inventory')).toBe(true);
    at.stored = OFF;
    modules.forget();
    expect(await modules.has('inventory')).toBe(false);
    modules.forget();
    at.broken = true;
    await expect(modules.has('inventory')).rejects.toThrow('the database is away');
    at.broken = false;
    expect(await modules.has('inventory')).toBe(false);
  });
});
