import { AdjustStock } from './adjust-stock/adjust-stock.js';
import { AdjustedStock } from './adjust-stock/adjusted-stock.js';
import { Deliveries } from './book-deliveries/deliveries.js';
import { untilReserved } from './client/until.js';
import type { Stage } from './gather/stage.js';
import type { ImportMap } from './import-map.js';
import type { ImportRun } from './import-run.js';

/** What an import does with stock. */
export interface StockSteps {
  /**
   * Before the orders of a stage: what is delivered to its SKUs. Orders of the weeks before are reserved or backordered
   * first, which `reserved` tells, so that what arrives fills backorders.
   */
  deliver(stage: Stage, reserved: Promise<void>): Promise<void>;
  /** Resolves when an order, and so those before it, are reserved or backordered. */
  reserved(orderId: string): Promise<void>;
  /** After its orders: found, lost, damaged. */
  adjust(stage: Stage): Promise<void>;
}

/** The steps of this import; where the server has no inventory, the orders are imported all the same. */
export async function stockSteps(run: ImportRun, map: ImportMap, source: string, hasHistory: boolean) {
  const { status } = await run.client.send('GET', '/inventory/remaining-stock?limit=1');
  return status === 404 ? withoutInventory(run) : withInventory(run, map, source, hasHistory);
}

function withInventory(run: ImportRun, map: ImportMap, source: string, hasHistory: boolean): StockSteps {
  const { client, tally } = run;
  const deliveries = map.stock && new Deliveries(client, map.stock, source);
  const supplied = (sku: string, week: number) =>
    map.tracked(sku) ? (deliveries?.suppliedThrough(sku, week) ?? 0) : 0;
  const adjusted = new AdjustedStock(client, source, hasHistory);
  const adjustStock = new AdjustStock(client, source, adjusted, supplied, tally);
  return {
    async deliver({ skus, week }, reserved) {
      if (!deliveries) return;
      const tracked = [...skus.keys()].filter((sku) => map.tracked(sku));
      const isWaitedFor = (sku: string) => deliveries.wasMetBefore(sku, week);
      await deliveries.bookThrough(
        week,
        tracked.filter((sku) => !isWaitedFor(sku)),
      );
      const waitedFor = tracked.filter(isWaitedFor);
      if (waitedFor.length > 0) await reserved;
      await deliveries.bookThrough(week, waitedFor);
    },
    reserved: (orderId) => untilReserved(client, orderId),
    adjust: (stage) => adjustStock.apply(stage.stock, stage.week),
  };
}

function withoutInventory({ tally }: ImportRun): StockSteps {
  return {
    deliver: () => Promise.resolve(),
    reserved: () => Promise.resolve(),
    async adjust(stage) {
      for (const entry of stage.stock) tally.refuse(entry, 'no-inventory');
    },
  };
}
