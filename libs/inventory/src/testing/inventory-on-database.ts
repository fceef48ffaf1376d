import type { OrderContract } from '@orderkeel/order/contract';
import { type ChangesOf, idFrom, type ModuleTx } from '@orderkeel/platform';
import type { Type } from '@nestjs/common';
import pg from 'pg';
import { applicationOn, testConfiguration, type TestApplication } from '../../../../test/support/application.js';
import { migratedDatabase, type MigratedDatabase } from '../../../../test/support/migrated-database.js';
import { until } from '../../../../test/support/until.js';
import { inventorySettings } from '../inventory.settings.js';
import { ReserveOnOrder } from '../reserve-on-order/reserve-on-order.reaction.js';
import { type LineWish, type PlacedOrder, PlacedOrders } from './placed-orders.js';

interface Ground {
  readonly db: MigratedDatabase;
  readonly app: TestApplication;
}

/** Inventory on a database of its own, with orders put beside it. */
export class InventoryOnDatabase {
  readonly orders: PlacedOrders;

  private constructor(
    readonly db: MigratedDatabase,
    private readonly app: TestApplication,
    readonly admin: pg.Client,
    private readonly startMs: number,
  ) {
    this.orders = new PlacedOrders(admin, startMs);
  }

  /** @param settings of the module, defaults apart */
  static async open(settings: object = {}): Promise<InventoryOnDatabase> {
    const db = await migratedDatabase();
    const inventory = { executors: {}, settings: inventorySettings.parse(settings) };
    const app = await applicationOn(db, { file: testConfiguration({ modules: { inventory } }) });
    return InventoryOnDatabase.on({ db, app });
  }

  /** On what a suite has opened; the same `startMs` gives the same ids on every database. */
  static async on({ db, app }: Ground, startMs = Date.now()): Promise<InventoryOnDatabase> {
    const admin = new pg.Client({ connectionString: db.adminUrl });
    // A suite that drops its databases ends this connection too.
    admin.on('error', () => undefined);
    await admin.connect();
    return new InventoryOnDatabase(db, app, admin, startMs);
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
         VALUES ($4, $1, $2, $3, 1, now(), now()) RETURNING *)
       INSERT INTO inventory.stock_ledger (id, stock_id, sku, location, sequence, kind, delta_on_hand, delta_reserved,
         on_hand_before, reserved_before, cause_id, actor, recorded_at)
       SELECT id, id, sku, location, 1, 'receipt', on_hand, 0, 0, 0, id, 'test', now() FROM shelf`,
      [sku, location, onHand, idFrom(this.startMs, sku, location)],
    );
  }

  /** Puts a SKU into commerce-core, for all tenants or one. */
  async knowSku(sku: string, policy: 'backorder' | 'untracked', tenantId: string | null = null): Promise<void> {
    await this.admin.query(
      `WITH product AS (
         INSERT INTO core.product (id, tenant_id, product_ref, name, created_at, updated_at)
         VALUES (gen_random_uuid(), $3, $1, $1, now(), now()) RETURNING id)
       INSERT INTO core.sku (id, tenant_id, sku, product_id, stock_policy, created_at, updated_at)
       SELECT gen_random_uuid(), $3, $1, id, $2, now(), now() FROM product`,
      [sku, policy, tenantId],
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

  /** Two writers at once: the first is held where it writes this table, while the second comes and has to wait as well. */
  async meetAt<One, Two>(table: string, first: () => Promise<One>, second: () => Promise<Two>): Promise<[One, Two]> {
    await this.rows('BEGIN');
    await this.rows(`LOCK TABLE ${table} IN EXCLUSIVE MODE`);
    const one = first();
    await this.untilWaiting(1);
    const two = second();
    await this.untilWaiting(2);
    await this.rows('COMMIT');
    return Promise.all([one, two]);
  }

  /** Comes back when so many writers wait for others. */
  async untilWaiting(writers: number): Promise<void> {
    await until(`${writers} writers wait for locks`, async () => {
      // Within a transaction the first look is kept.
      await this.rows('SELECT pg_stat_clear_snapshot()');
      const waiting = await this.rows(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return waiting.length === writers;
    });
  }

  /** Everything that inventory keeps and tells, without the times of writing. */
  async portrait(): Promise<object> {
    const tables = {
      stock: `SELECT to_jsonb(t) - 'created_at' - 'updated_at' AS row FROM inventory.stock AS t ORDER BY id`,
      ledger: `SELECT to_jsonb(t) - 'recorded_at' AS row FROM inventory.stock_ledger AS t ORDER BY stock_id, sequence`,
      reservations: `SELECT to_jsonb(t) - 'created_at' - 'updated_at' AS row FROM inventory.reservation AS t ORDER BY id`,
      orders: `SELECT to_jsonb(t) - 'updated_at' AS row FROM inventory.order_reservation AS t ORDER BY id`,
      movements: `SELECT to_jsonb(t) - 'day' - 'id' AS row FROM inventory.stock_movement AS t ORDER BY stock_id, day`,
      differences: `SELECT to_jsonb(t) - 'found_at' AS row FROM inventory.stock_difference AS t ORDER BY id`,
      statuses: `SELECT to_jsonb(t) - 'recorded_at' - 'seq' AS row FROM "order".order_status_history AS t ORDER BY id`,
    };
    const portrait: Record<string, object[]> = {};
    for (const [name, sql] of Object.entries(tables)) portrait[name] = await this.rows(sql);
    return portrait;
  }

  /** The ledger's rows as change events carry them. */
  async ledgerChanges(): Promise<{ key: string; kind: 'c'; row: Record<string, unknown> }[]> {
    const rows = await this.rows<{ sku: string; sequence: string; recorded_at: string }>(
      `SELECT t.*,
              to_char(t.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS recorded_at
         FROM inventory.stock_ledger AS t ORDER BY t.recorded_at, t.stock_id, t.sequence`,
    );
    return rows.map((row) => ({ key: row.sku, kind: 'c', row: { ...row, sequence: Number(row.sequence) } }));
  }

  async rows<Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.admin.query<Row>(sql, parameters)).rows;
  }
}

function changesOf(orders: readonly PlacedOrder[]): ChangesOf<typeof OrderContract> {
  // The row is never read: an event says which order changed.
  return orders.map(({ orderId }) => ({ key: orderId, kind: 'u', row: undefined as never }));
}
