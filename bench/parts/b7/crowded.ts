import { onConnection } from '../../../libs/platform/src/postgres/admin-connection.js';
import { untilAtRest } from '../../installation/progress.js';
import { receiveStock } from '../../installation/stock.js';
import type { CrowdReport, StandingOrder } from '../../load/crowd.js';
import { skusOf, type Assortment } from '../../load/intents.js';
import { watchCpu, type CpuUse } from '../../machine/cpu-watch.js';
import type { BenchOnInstallation } from '../../part.js';
import { measureThroughput } from '../b1/throughput.js';

/** Clients that cancel, adjust and receive on a few SKUs. */
export interface CrowdedFigure extends CrowdReport {
  readonly lanes: number;
  readonly clients: number;
  readonly skus: number;
  /** From the first request until everything was at rest. */
  readonly use: CpuUse;
}

const CLIENTS = 64;
const FEW: Assortment = { family: 'CROWD', skus: 20, lines: 3 };
const ORDERS = { name: 'crowd', concurrency: 2, batchSize: 200, orders: 6_000 };
/** A quarter of what the orders want: most of them wait for stock at first. */
const UNITS_OF_EACH = 450;
const [SECONDS, QUICK_SECONDS] = [60, 15];

/** Orders what there is too little of, and then lets the crowd in. */
export async function measureCrowded({ installation, generator, options, say }: BenchOnInstallation) {
  const { url, wish } = installation;
  const { lanes = 1 } = wish;
  await receiveStock(url, skusOf(FEW), UNITS_OF_EACH);
  await measureThroughput(installation, generator, { prefix: 'b7-crowd', load: ORDERS, assortment: FEW });
  const { rows: orders } = await onConnection(await installation.databaseUrl(), (database) =>
    database.query<StandingOrder>(STANDING_ORDERS, [skusOf(FEW)]),
  );
  const used = await watchCpu({ ...(await installation.processes()), generator: generator.pid });
  const seconds = options.quick ? QUICK_SECONDS : SECONDS;
  const report = await generator.crowd({ url, clients: CLIENTS, seconds, skus: skusOf(FEW), orders });
  await untilAtRest(url);
  say(`b7 ${CLIENTS} clients: ${report.operationsPerSecond.toFixed(0)} operations/s ${JSON.stringify(report.answers)}`);
  const figure: CrowdedFigure = { lanes, clients: CLIENTS, skus: FEW.skus, ...report, use: await used() };
  return figure;
}

const STANDING_ORDERS = `
SELECT order_id AS "orderId", array_agg(order_line_id) AS "orderLineIds" FROM "order".order_line
 WHERE order_id IN (SELECT order_id FROM "order".order_line WHERE sku = ANY($1)) GROUP BY 1 ORDER BY 1`;
