import { onConnection } from '../../../libs/platform/src/postgres/admin-connection.js';
import { receiveStock } from '../../installation/stock.js';
import type { CpuUse } from '../../machine/cpu-watch.js';
import type { BenchOnInstallation } from '../../part.js';
import { spreadOf, type Spread } from '../../report/statistics.js';
import { measureThroughput } from '../b1/throughput.js';

/** Buyers who all order one unit of the same SKU at once, of which there are too few. */
export interface ScarceFigure {
  readonly lanes: number;
  readonly buyers: number;
  readonly units: number;
  /** From the first request until the last buyer was told. */
  readonly ms: Spread;
  readonly runs: readonly ScarceRun[];
}

/** One run of it. */
export interface ScarceRun {
  readonly ms: number;
  /** How many orders had which outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly use: CpuUse;
}

const BUYERS = 200;
const UNITS = 50;
const LOAD = { name: 'buyers', concurrency: BUYERS, batchSize: 1, orders: BUYERS };

/** Lets them buy, each run another SKU. */
export async function measureScarce({ installation, generator, options, say }: BenchOnInstallation) {
  const runs: ScarceRun[] = [];
  const { lanes = 1 } = installation.wish;
  for (let run = 0; run < options.runs; run += 1) {
    const always = `SCARCE-${run}`;
    await receiveStock(installation.url, [always], UNITS);
    const assortment = { family: 'SCARCE', skus: 0, lines: 0, always };
    const { ordersPerSecond, use } = await measureThroughput(installation, generator, {
      prefix: `b7-buyers-${run}`,
      load: LOAD,
      assortment,
    });
    const ms = (BUYERS / ordersPerSecond) * 1000;
    const outcomes = await outcomesOf(always, await installation.databaseUrl());
    say(`b7 ${BUYERS} buyers, ${UNITS} units: ${JSON.stringify(outcomes)} in ${ms.toFixed(0)} ms`);
    runs.push({ ms, outcomes, use });
  }
  const figure: ScarceFigure = { lanes, buyers: BUYERS, units: UNITS, ms: spreadOf(runs.map(({ ms }) => ms)), runs };
  return figure;
}

async function outcomesOf(sku: string, databaseUrl: string): Promise<Record<string, number>> {
  const { rows } = await onConnection(databaseUrl, (database) =>
    database.query<{ outcome: string; count: number }>(
      `SELECT o.outcome, count(*)::int FROM inventory.order_reservation AS o JOIN inventory.reservation AS r USING (order_id)
        WHERE r.sku = $1 GROUP BY 1 ORDER BY 2`,
      [sku],
    ),
  );
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}
