import { describe, expect, it } from '@jest/globals';
import type { Database } from '../database/database.js';
import type { ModuleTx } from '../database/module-tx.js';
import type { Lane } from '../reaction/lane.js';
import type { EmbeddedContext } from './embedded-source.js';
import type { ExecutorRun } from '../change-source/executor-run.js';
import { WalLimit } from './wal-limit.js';

const LIMIT = 100n;

/** A reign whose only executor waits for the change at this place, under a server whose log has grown to `end`. */
function limitOver({ end, needsFrom, heldFrom }: { end: string; needsFrom: bigint | null; heldFrom: bigint | null }) {
  const seen = { statements: 0, advancing: [] as unknown, below: null as unknown, ends: 0 };
  const tx = {
    query: async (sql: string, [, below, advancing]: unknown[] = []) => {
      seen.statements += 1;
      if (sql.includes('pg_current_wal_flush_lsn')) return [{ lsn: end }];
      Object.assign(seen, { below, advancing });
      return (advancing as string[]).includes('spec') ? [] : [{ executor: 'spec', held: false }];
    },
  } as unknown as ModuleTx;
  const db = { bookkeeping: <T>(work: (each: ModuleTx) => Promise<T>) => work(tx) } as unknown as Database;
  const settings = { slot: 'spec', maxRetainedBytes: LIMIT };
  const context = { db, settings, log: { overdue: () => undefined } } as unknown as EmbeddedContext;
  const lanes = [{ needsFrom } as Partial<Lane>];
  const runs = new Map([['spec', { executor: { name: 'spec' }, lanes } as unknown as ExecutorRun]]);
  const reign = { runs, end: () => void (seen.ends += 1) };
  return { seen, limit: new WalLimit(context, reign, { heldFrom, refresh: async () => undefined }) };
}

describe('the limit of the WAL that executors hold back', () => {
  it('is measured up to the end of the server’s log, however little of it was received', async () => {
    const { seen, limit } = limitOver({ end: '0/1F5', needsFrom: 400n, heldFrom: 400n });
    await limit.look();
    expect(seen).toMatchObject({ below: 401n, advancing: [], ends: 1 });
  });

  it('leaves alone who waits for something newer, though its stored place is old', async () => {
    const { seen, limit } = limitOver({ end: '0/1F5', needsFrom: 401n, heldFrom: 10n });
    await limit.look();
    expect(seen).toMatchObject({ advancing: ['spec'], ends: 0 });
  });

  it('asks the server nothing while nobody holds anything', async () => {
    const { seen, limit } = limitOver({ end: '0/1F5', needsFrom: null, heldFrom: null });
    await limit.look();
    expect(seen.statements).toBe(0);
  });
});
