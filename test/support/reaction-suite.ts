import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applicationOn, type TestApplication } from './application.js';
import { migratedDatabase, type MigratedDatabase } from './migrated-database.js';
import { ReactionRun, type GivenChange } from './reaction-run.js';

/** A database with the program's modules on it, as a case arranges it. */
export interface ReactionGround {
  readonly db: MigratedDatabase;
  readonly app: TestApplication;
  /** The reaction under test. */
  readonly run: ReactionRun;
}

/** What the suite must know of a reaction to try it. */
export interface ReactionCase {
  readonly executor: string;
  /** Makes the cause rows and gives their changes, in order; the same ones each time it is called. */
  arrange(ground: ReactionGround): Promise<readonly GivenChange[]>;
  /** The module's rows after it: everything that an effect leaves, without ids and times that differ between databases. */
  effects(ground: ReactionGround): Promise<unknown>;
  /** Makes the cause rows newer; the earlier changes are stale then. Left out for append-only contracts. */
  revise?(ground: ReactionGround): Promise<readonly GivenChange[]>;
  /** It looks at the key of a change alone, any text being one, so that a broken row is no trouble to it. */
  readonly readsKeysAlone?: boolean;
  /** A table of another module, to be left alone. */
  readonly foreignTable: string;
}

/** What every reaction promises, whatever it does (style, "Tests read as sentences"). */
export function itBehavesLikeAReaction(reaction: ReactionCase): void {
  describe(`${reaction.executor}, as any reaction`, () => {
    const grounds: ReactionGround[] = [];
    const fresh = async (): Promise<ReactionGround> => {
      const db = await migratedDatabase();
      const app = await applicationOn(db);
      const ground = { db, app, run: new ReactionRun(db, app.executor(reaction.executor)) };
      grounds.push(ground);
      return ground;
    };
    /** What a fresh database looks like after the arranged changes were applied in this way. */
    const after = async (apply: (changes: readonly GivenChange[], ground: ReactionGround) => Promise<unknown>) => {
      const ground = await fresh();
      await apply(await reaction.arrange(ground), ground);
      return reaction.effects(ground);
    };
    let whole: unknown;
    beforeAll(async () => {
      whole = await after((changes, { run }) => run.apply(changes));
    });
    afterAll(async () => {
      for (const { app, db } of grounds) await app.close().finally(() => db.drop());
    });

    it('leaves something', () => {
      expect(JSON.stringify(whole).length).toBeGreaterThan(10);
    });

    it('leaves the same when every change comes twice', async () => {
      const twice = await after(async (changes, { run }) => {
        await run.apply([...changes, ...changes]);
        await run.apply(changes);
      });
      expect(twice).toEqual(whole);
    });

    it('leaves the same rows however the batch is split, also when its first key comes again', async () => {
      const withRepetition = (changes: readonly GivenChange[]) => [...changes, ...changes.slice(0, 1)];
      const { length } = withRepetition(await reaction.arrange(await fresh()));
      for (let at = 0; at < length; at += 1) {
        const split = await after(async (changes, { run }) => {
          await run.apply(withRepetition(changes).slice(0, at));
          await run.apply(withRepetition(changes).slice(at));
        });
        expect({ at, rows: split }).toEqual({ at, rows: whole });
      }
    });

    it('leaves the same end state when the rows are read from the table', async () => {
      const read = await after((changes, { run }) =>
        run.apply(changes.map((change) => ({ ...change, kind: 'r' as const }))),
      );
      expect(read).toEqual(whole);
    });

    it('ignores a field that it does not know', async () => {
      const extra = await after((changes, { run }) =>
        run.apply(
          changes.map((change) => (change.row ? { ...change, row: { ...change.row, added_later: 1 } } : change)),
        ),
      );
      expect(extra).toEqual(whole);
    });

    it('is stopped by a broken event for that key only', async () => {
      const ground = await fresh();
      const changes = await reaction.arrange(ground);
      const { newlyParked } = await ground.run.apply([{ key: 'broken', row: { broken: true } }, ...changes]);
      expect(newlyParked).toEqual(reaction.readsKeysAlone ? [] : ['broken']);
      expect(await reaction.effects(ground)).toEqual(whole);
    });

    it('cannot write the tables of another module', async () => {
      const { db, app } = await fresh();
      const { module, name } = app.executor(reaction.executor);
      const write = db.database.batch(module, name, (tx) => tx.execute(`DELETE FROM ${reaction.foreignTable}`));
      await expect(write).rejects.toMatchObject({ code: '42501' });
    });

    if (reaction.revise) {
      const revise = reaction.revise.bind(reaction);
      it('changes nothing for a revision that is older than what it has done', async () => {
        const ground = await fresh();
        const old = await reaction.arrange(ground);
        await ground.run.apply(old);
        await ground.run.apply(await revise(ground));
        const newest = await reaction.effects(ground);
        await ground.run.apply(old);
        expect(await reaction.effects(ground)).toEqual(newest);
      });
    }
  });
}
