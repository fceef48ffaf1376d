import { afterEach, describe, expect, it } from '@jest/globals';
import { anIntent } from '../builders/an-intent.js';
import { Flow, type FlowOptions } from '../support/flow.js';
import { stopAll } from './support/flows.js';
import { number, sql } from './support/look.js';
import { multiplyIntent } from './support/many-intents.js';
import { before, Door } from './support/reacting.js';

const INTENTS = 20_000;
const INGESTOR = 'orderIntentIngestor';

describe('a transaction of many thousand intents', () => {
  let flows: Flow[] = [];
  const start = async (options: FlowOptions = {}) => {
    const flow = await Flow.start({
      ...options,
      variables: { ORDERKEEL_MODULES: 'none' },
      ...(flows[0] && { on: flows[0].db }),
    });
    flows.push(flow);
    return flow;
  };
  afterEach(async () => {
    await stopAll(flows);
    flows = [];
  });

  it('is applied in pieces, within bounded memory, and goes on inside it after a stop', async () => {
    let batches = 0;
    let largest = 0;
    const door = new Door();
    const first = await start({
      tuning: before(INGESTOR, async (changes, _tx, react) => {
        batches += 1;
        largest = Math.max(largest, changes.length);
        if (batches === 8) await door.pass();
        await react();
      }),
    });
    expect((await first.call('POST', '/order-intents', anIntent({ orderIntentId: 'pattern' }))).status).toBe(202);
    await first.expectQuiet();
    await multiplyIntent(first.db.database, INTENTS);
    await door.arrived;
    const stopping = first.stopProgram();
    door.open();
    await stopping;
    const [place] = await sql<{ idx: number }>(
      first.db,
      `SELECT idx FROM cdc.checkpoint WHERE executor = '${INGESTOR}'`,
    );
    expect(place!.idx).toBeGreaterThan(0);
    expect(await number(first.db, 'SELECT count(*) FROM "order"."order"')).toBeLessThan(INTENTS);

    const heldMs = performance.now();
    const again = await start();
    let peak = 0;
    const watching = setInterval(() => (peak = Math.max(peak, process.memoryUsage().heapUsed)), 50);
    const floor = process.memoryUsage().heapUsed;
    await again.expectQuiet();
    clearInterval(watching);
    expect(await number(again.db, 'SELECT count(*) FROM "order"."order"')).toBe(INTENTS + 1);
    expect(await number(again.db, `SELECT count(*) FROM "order".order_status_history`)).toBe(INTENTS + 1);
    expect(largest).toBeLessThanOrEqual(2000);
    expect(peak - floor).toBeLessThan(300 * 1024 * 1024);
    expect(performance.now() - heldMs).toBeLessThan(60_000);
  });
});
