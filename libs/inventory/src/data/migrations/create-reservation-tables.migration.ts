import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reservations, what each order has been told, and fulfilment tasks (inventory S1.84, "One fulfilment"). */
export class CreateReservationTables1795219200001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(RESERVATION);
    await db.query(ORDER_RESERVATION);
    await db.query(FULFILMENT_TASK);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE inventory.fulfilment_task, inventory.order_reservation, inventory.reservation');
  }
}

const RESERVATION = `
CREATE TABLE inventory.reservation (
  id uuid PRIMARY KEY,
  tenant_id uuid,
  order_id uuid NOT NULL,
  order_line_id uuid NOT NULL,
  stock_id uuid NOT NULL,
  sku text NOT NULL,
  location text NOT NULL,
  quantity numeric(18,6) NOT NULL CHECK (quantity >= 0),
  backordered_quantity numeric(18,6) NOT NULL CHECK (backordered_quantity BETWEEN 0 AND quantity),
  state text NOT NULL CHECK (state IN ('created', 'confirmed', 'backordered', 'cancelled', 'fulfilled')),
  origin text NOT NULL DEFAULT 'automated' CHECK (origin IN ('automated', 'manual')),
  order_revision int NOT NULL,
  order_created_at timestamptz NOT NULL,
  stock_sequence bigint NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT reservation_order_line UNIQUE (order_line_id),
  CONSTRAINT reservation_state CHECK (
    (backordered_quantity > 0) = (state = 'backordered') AND (quantity = 0) = (state = 'cancelled'))
) WITH (fillfactor = 90);
CREATE UNIQUE INDEX reservation_order_id_id ON inventory.reservation (order_id, id);
ALTER TABLE inventory.reservation REPLICA IDENTITY USING INDEX reservation_order_id_id;
-- The queue that arriving stock fills, oldest order first; it holds the short lines alone.
CREATE INDEX reservation_backorders ON inventory.reservation (stock_id, order_created_at, order_id, order_line_id)
  WHERE backordered_quantity > 0;
-- Read backwards when a count takes stock away from the newest orders; also the list of one SKU. No wider than that:
-- every line is written to it, at a place of its own.
CREATE INDEX reservation_stock ON inventory.reservation (stock_id, order_created_at);
CREATE TRIGGER kept BEFORE DELETE ON inventory.reservation FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
`;

const ORDER_RESERVATION = `
-- One row per order: the revision that is done, so that a stale one changes nothing, and the outcome that its timeline
-- tells, so that it is told once.
CREATE TABLE inventory.order_reservation (
  id uuid PRIMARY KEY,
  tenant_id uuid,
  order_id uuid NOT NULL CHECK (order_id = id),
  order_created_at timestamptz NOT NULL,
  revision int NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('confirmed', 'backordered', 'cancelled')),
  updated_at timestamptz NOT NULL
) WITH (fillfactor = 90);
`;

const FULFILMENT_TASK = `
CREATE TABLE inventory.fulfilment_task (
  id uuid PRIMARY KEY,
  tenant_id uuid,
  order_id uuid NOT NULL,
  location text NOT NULL,
  lines jsonb NOT NULL CHECK (jsonb_typeof(lines) = 'array'),
  state text NOT NULL CHECK (state IN ('open', 'picked', 'packed', 'shipped', 'cancelled')),
  carrier text,
  tracking_number text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL);
CREATE UNIQUE INDEX fulfilment_task_order_id_id ON inventory.fulfilment_task (order_id, id);
ALTER TABLE inventory.fulfilment_task REPLICA IDENTITY USING INDEX fulfilment_task_order_id_id;
`;
