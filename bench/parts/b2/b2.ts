import { onConnection } from '../../../libs/platform/src/postgres/index.js';
import type { Installation } from '../../installation/installation.js';
import type { Generator } from '../../load/generator.js';
import type { Bench, PartAlone } from '../../part.js';
import { onInstallation } from '../on-installation.js';
import { forThisLength, LOADS } from '../b1/loads.js';
import { measureThroughput } from '../b1/throughput.js';
import { readForDependent } from './dependent-batches.js';
import { figureOf, productFigure, renderB2, type B2Figure, type ProductRun } from './figure.js';
import { ordersOfRun, tablesWithRows } from './left-rows.js';
import { ordersPerTransaction } from './product-transactions.js';
import { makeRawDatabase } from './raw-database.js';
import { measureRaw, type RawRun, type RawServer } from './raw-runs.js';
import { besideWalReader } from './wal-reader.js';
import { readForBulk, writeInBulk } from './write-in-bulk.js';
import { DEPENDENT_CONNECTIONS, writeDependently } from './write-dependently.js';

const BULK_SIZES = [200, 500, 1_000];
const BULK_CONNECTIONS = [1, 3];
/** As an executor's batches grow, and as large as bulk's. */
const DEPENDENT_SIZES = [200, 400, 1_000];
const LOAD = LOADS.find(({ name }) => name === 'batch-200')!;

/** B2: how fast PostgreSQL takes the rows of B1 when nobody decides anything, and B2t, in the transactions of the product. */
export const B2: PartAlone<'b2', B2Figure> = {
  name: 'b2',
  title: 'B2: orders per second of the product, and of who writes the same rows to the same tables without it',
  measureAlone,
  render: renderB2,
};

async function measureAlone(bench: Bench): Promise<B2Figure[]> {
  if (!bench.options.modes.includes('embedded')) return [];
  return onInstallation({ mode: 'embedded', profile: 'order+inventory' }, async (installation, generator) => {
    const runs = await measureProduct(bench, installation, generator);
    const { adminUrl, pid } = await installation.leavePostgres();
    const product = productFigure(LOAD.batchSize, runs);
    return [product, ...(await measureRest(bench, adminUrl, pid, product))];
  });
}

async function measureProduct(
  { options, say }: Bench,
  installation: Installation,
  generator: Generator,
): Promise<ProductRun[]> {
  const runs: ProductRun[] = [];
  while (runs.length < options.runs) {
    const load = forThisLength(LOAD, options);
    const prefix = prefixOf(runs.length);
    const run = await measureThroughput(installation, generator, { prefix, load });
    const transactions = await onConnection(await installation.databaseUrl(), async (client) =>
      ordersPerTransaction(client, await ordersOfRun(client, prefix)),
    );
    runs.push({ ...run, ordersPerTransaction: transactions });
    say(`b2 product: ${runs.at(-1)!.ordersPerSecond.toFixed(0)} orders/s`);
  }
  return runs;
}

function prefixOf(run: number): string {
  return `b2-${run}`;
}

/** Writes what the last run of the product has left behind. */
async function measureRest(bench: Bench, productUrl: string, pid: number, product: B2Figure): Promise<B2Figure[]> {
  const url = await makeRawDatabase(productUrl);
  return onConnection(productUrl, async (client) => {
    const ids = await ordersOfRun(client, prefixOf(bench.options.runs - 1));
    const server: RawServer = { url, pid, tables: await tablesWithRows(client, ids) };
    const figures: B2Figure[] = [];
    const repeat = async (writer: 'bulk' | 'dependent', batchSize: number, connections: number, write: Write) => {
      const runs: RawRun[] = [];
      while (runs.length < bench.options.runs) runs.push(await measureRaw(server, ids.length, write));
      const figure = figureOf({ writer, batchSize, connections }, runs, product);
      bench.say(`b2 ${writer} ${batchSize} ${connections}: ${figure.ordersPerSecond.median.toFixed(0)} orders/s`);
      figures.push(figure);
    };
    for (const batchSize of BULK_SIZES) {
      const batches = await readForBulk(client, server.tables, ids, batchSize);
      // Files and caches as they are in every run but the first.
      await measureRaw(server, ids.length, () => writeInBulk(url, batches, 1));
      for (const connections of BULK_CONNECTIONS)
        await repeat('bulk', batchSize, connections, () => writeInBulk(url, batches, connections));
    }
    for (const batchSize of DEPENDENT_SIZES) {
      const sizes = { request: LOAD.batchSize, batch: batchSize };
      const batches = await readForDependent(client, server.tables, ids, sizes);
      await besideWalReader(url, async () => {
        for (const connections of DEPENDENT_CONNECTIONS)
          await repeat('dependent', batchSize, connections, () => writeDependently(url, batches, connections));
      });
    }
    return figures;
  });
}

type Write = () => Promise<number>;
