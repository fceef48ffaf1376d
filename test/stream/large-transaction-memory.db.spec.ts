import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anIntent } from '../builders/an-intent.js';
import { dropSlot } from '../support/flow-connector.js';
import { migratedDatabase, type MigratedDatabase } from '../support/migrated-database.js';
import { until } from '../support/until.js';
import { number } from './support/look.js';
import { multiplyIntent } from './support/many-intents.js';
import { consumersOf, metricOf, programOn, type ProgramOnDatabase } from './support/program-on.js';

const INTENTS = 15_000;
const MIB = 1024 * 1024;
/** What each intent carries along, characters. */
const BALLAST = 8_000;
/** Enough for the program at work, and too little for all that the transaction carries. */
const HEAP_MIB = 128;
/** What the change stream holds at most, with all that hangs on it. */
const MOST_MORE = 120 * MIB;

describe('a real program with little memory', () => {
  let db: MigratedDatabase;
  let running: ProgramOnDatabase;
  beforeEach(async () => {
    db = await migratedDatabase();
    running = await programOn(db, {
      ORDERKEEL_MODULES: 'none',
      NODE_OPTIONS: `--max-old-space-size=${HEAP_MIB}`,
    });
  });
  afterEach(async () => {
    await running.end();
    await dropSlot(db);
    await db.drop();
  });

  it('takes one transaction that is larger than it in pieces, and does each intent once', async () => {
    const { program } = running;
    const rests = async () =>
      (await consumersOf(program.url)).every(({ state, lagEvents }) => state === 'DISABLED' || lagEvents === 0);
    const pattern = await fetch(`${program.url}/order-intents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(
        anIntent({ orderIntentId: 'pattern', fields: { metadata: { ballast: 'x'.repeat(BALLAST) } } }),
      ),
    });
    expect(pattern.status).toBe(202);
    await until('it has come to rest', rests);
    const { peak: before } = await program.memory();
    await multiplyIntent(db.database, INTENTS);
    await until('all are orders, and it has come to rest', rests, 90_000);
    expect((await program.memory()).peak - before).toBeLessThan(MOST_MORE);
    for (const table of ['"order"."order"', '"order".order_status_history'])
      expect([table, await number(db, `SELECT count(*) FROM ${table}`)]).toEqual([table, INTENTS + 1]);
    expect(await metricOf(program.url, 'orderkeel_cdc_parked_keys')).toBe(0);
  });
});
