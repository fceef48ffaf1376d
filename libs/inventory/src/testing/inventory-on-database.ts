import type { OrderContract } from '@orderkeel/order/contract';
import type { ChangesOf, ModuleTx } from '@orderkeel/platform';
import type { Type } from '@nestjs/common';
import pg from 'pg';
import { applicationOn, testConfiguration, type TestApplication } from '../../../../test/support/application.js';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { inventorySettings } from '../inventory.settings.js';
import { ReserveOnOrder } from '../reserve-on-order/reserve-on-order.reaction.js';
import { type LineWish, type PlacedOrder, PlacedOrders } from './placed-orders.js';

/** Inventory on a database of its own, with orders put beside it. */
export class InventoryOnDatabase {
  readonly orders: PlacedOrders;

  private constructor(
    readonly db: MigratedDatabase,
    private readonly app: TestApplication,
    readonly admin: pg.Client,
  ) {
    this.orders = new PlacedOrders(admin);
  }

  /** @param settings of the module, defaults apart */
  static async open(settings: object = {}): Promise<InventoryOnDatabase> {
    const db = await migratedDatabase();
    const inventory = { executors: {}, settings: inventorySettings.parse(settings) };
    const app = await applicationOn(db, { file: testConfiguration({ modules: { inventory } }) });
    const admin = new pg.Client({ connectionString: db.adminUrl });
    await admin.connect();
    return new InventoryOnDatabase(db, app, admin);
  }

  /** A part of the module, as it is wired. */
  get<Part>(part: Type<Part>): Part {
    return this.app.app.get(part, { strict: false });
  }

  async close(): Promise<void> {
    await this.admin.end();
    await this.app.close();
    await this.db.drop();
  }

  /** Places an order and lets inventory react to it. */
  async order(lines: readonly LineWish[]): Promise<PlacedOrder> {
    const order = await this.orders.place(lines);
    await this.react(order);
    return order;
  }

  /** One batch that says that these orders changed. */
  async react(...orders: readonly PlacedOrder[]): Promise<void> {
    await this.batch((tx) => this.get(ReserveOnOrder).react(changesOf(orders), tx));
  }

  async batch<T>(work: (tx: ModuleTx) => Promise<T>): Promise<T> {
    return this.db.database.batch('inventory', 'inventoryReservationIntake', work);
  }

  /** Stock that nobody waits for: the counter and its ledger row, written together. */
  async shelve(sku: string, onHand: number, location = 'main'): Promise<void> {
    await this.admin.query(
      `WITH shelf AS (
         INSERT INTO inventory.stock (id, sku, location, on_hand, sequence, created_at, updated_at)
         VALUES (gen_random_uuid(), $1, $2, $3, 1, now(), now()) RETURNING *)
       INSERT INTO inventory.stock_ledger (id, stock_id, sku, location, sequence, kind, delta_on_hand, delta_reserved,
         on_hand_before, reserved_before, cause_id, actor, recorded_at)
       SELECT gen_random_uuid(), id, sku, location, 1, 'receipt', on_hand, 0, 0, 0, gen_random_uuid(), 'test', now() FROM shelf`,
      [sku, location, onHand],
    );
  }

  /** `on hand/reserved` of a SKU. */
  async stockOf(sku: string, location = 'main'): Promise<string> {
    const [row] = await this.rows<{ figures: string }>(
      `SELECT trim_scale(on_hand) || '/' || trim_scale(reserved) AS figures FROM inventory.stock WHERE sku = $1 AND location = $2`,
      [sku, location],
    );
    return row?.figures ?? 'none';
  }

  /** `wanted-waiting state` of each line, in order of the lines. */
  async reservationsOf({ orderId, lineIds }: PlacedOrder): Promise<string[]> {
    const rows = await this.rows<{ lineId: string; figures: string }>(
      `SELECT order_line_id AS "lineId", trim_scale(quantity) || '-' || trim_scale(backordered_quantity) || ' ' || state AS figures
         FROM inventory.reservation WHERE order_id = $1`,
      [orderId],
    );
    return lineIds.flatMap((id) => rows.filter(({ lineId }) => lineId === id).map(({ figures }) => figures));
  }

  /** The order's status codes in the order of its timeline, without the namespace `inventory:`. */
  async timeline({ orderId }: PlacedOrder): Promise<string[]> {
    const rows = await this.rows<{ code: string }>(
      `SELECT replace(status_code, 'inventory:', '') AS code FROM "order".order_status_history
        WHERE order_id = $1 ORDER BY recorded_at, seq`,
      [orderId],
    );
    return rows.map(({ code }) => code);
  }

  /** Counters that differ from the fold of their ledger or of their reservations; there must be none. */
  async differences(): Promise<object[]> {
    return this.rows(
      `SELECT * FROM inventory.stock_fold WHERE on_hand <> ledger_on_hand OR reserved <> ledger_reserved
           OR reserved <> reservations_reserved OR sequence <> ledger_entries`,
    );
  }

  async rows<Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.admin.query<Row>(sql, parameters)).rows;
  }
}

function changesOf(orders: readonly PlacedOrder[]): ChangesOf<typeof OrderContract> {
  // The row is never read: an event says which order changed.
  return orders.map(({ orderId }) => ({ key: orderId, kind: 'u', row: undefined as never }));
}
