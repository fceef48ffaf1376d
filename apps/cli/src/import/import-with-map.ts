import { withBackground } from './background.js';
import { CancelLines } from './cancel-lines/cancel-lines.js';
import { heldOrderOf } from './cancel-lines/held-order.js';
import { HeldOrders } from './cancel-lines/held-orders.js';
import { SeenOrders } from './cancel-lines/seen-orders.js';
import type { ApiClient } from './client/api-client.js';
import { untilAtRest } from './client/until.js';
import type { Stage } from './gather/stage.js';
import { stagesOf } from './gather/stages.js';
import type { ImportMap } from './import-map.js';
import type { ImportRun } from './import-run.js';
import { References } from './keep-references/references.js';
import { readEntries } from './read-entries.js';
import { stockSteps } from './stock-steps.js';
import { SubmitSales } from './submit-orders/submit-sales.js';

/**
 * Imports CSV files through a map, stage by stage: references, simulated deliveries, orders, cancellations, stock
 * lines. Decisions follow from what the files say and what was imported before, so that files one by one equal all at
 * once, a file that comes again changes nothing, and an import that was cut is finished by the next.
 *
 * Cancellations are decided before the next stage begins, and carried out beside it.
 */
export async function importWithMap(run: ImportRun, map: ImportMap, source: string): Promise<void> {
  const { client, tally } = run;
  const hasHistory = await hasIntents(client, source);
  const references = new References(client, map);
  await references.learn();
  const seen = new SeenOrders();
  const held = new HeldOrders(client, source, seen, hasHistory);
  const sales = new SubmitSales(client, source, map.currency, tally, run.moved);
  const cancellations = new CancelLines({ client, source, seen }, held, tally);
  const stock = await stockSteps(run, map, source, hasHistory);
  let reserved = Promise.resolve();

  await withBackground(async (background) => {
    for await (const stage of ahead(allStages(run, map))) {
      for (const entry of stage.refused) tally.refuse(entry, entry.reading.reason);
      await references.keep(stage);
      await stock.deliver(stage, reserved);
      const placed = await sales.apply(stage.sales);
      for (const { sale, orderId } of placed) held.remember(sale.customerRef, heldOrderOf(sale, orderId));
      const lastNew = placed.filter(({ isNew }) => isNew).at(-1);
      if (lastNew) reserved = stock.reserved(lastNew.orderId);
      // Met by the next step that waits for it.
      reserved.catch(() => undefined);
      const plans = await cancellations.decide(stage.cancellations);
      await background.begin(async () => {
        // In this order whatever the server is busy with, so that the same lines were reserved before they are taken back.
        await reserved;
        await cancellations.apply(plans);
        await stock.adjust(stage);
      });
      run.moved();
    }
  });
  await untilAtRest(client);
}

/** A stage never reaches into the next file: that may come in an import of its own, with the same outcome. */
async function* allStages(run: ImportRun, map: ImportMap): AsyncGenerator<Stage> {
  for (const file of run.files) yield* stagesOf(readEntries(run, map, file));
}

async function hasIntents(client: ApiClient, source: string): Promise<boolean> {
  const query = new URLSearchParams({ sourceSystem: source, limit: '1' });
  const { items } = await client.ask<{ items: readonly unknown[] }>('GET', `/order-intents?${query}`);
  return items.length > 0;
}

/** The same items, each made while the one before is worked on. */
async function* ahead<Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let next = items.next();
  for (let item = await next; !item.done; item = await next) {
    next = items.next();
    // An error is met when its turn comes, not while the item before is still worked on.
    next.catch(() => undefined);
    yield item.value;
  }
}
