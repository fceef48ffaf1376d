import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Locations, counters, their ledger, receipts, and what compares and counts them (inventory X17, S1.85, S1.86, S1.94). */
export class CreateStockTables1795219200000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('CREATE SCHEMA inventory');
    await db.query(LOCATION);
    await db.query(STOCK);
    await db.query(LEDGER);
    await db.query(RECEIPT);
    await db.query(MOVEMENT);
    await db.query(DIFFERENCE);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP SCHEMA inventory CASCADE');
  }
}

const LOCATION = `
CREATE TABLE inventory.location (
  id uuid PRIMARY KEY,
  tenant_id uuid,
  location text NOT NULL CHECK (length(location) BETWEEN 1 AND 200),
  created_at timestamptz NOT NULL,
  CONSTRAINT location_key UNIQUE NULLS NOT DISTINCT (location, tenant_id));
INSERT INTO inventory.location (id, location, created_at)
VALUES ('01a1fb67-1800-8000-8000-000000000001', 'main', '2026-11-21T00:00:00Z');
`;

const STOCK = `
-- The counter that every writer locks first. It is updated for nearly every order line: half of each page is left free,
-- so that new versions stay on it, and dead ones are removed early. Its keys begin with the SKU, so that they also find
-- a SKU's rows whatever the tenant. Nothing refers to it by foreign key: the check would cost the hot path a fifth, and
-- the trigger below keeps every counter.
CREATE TABLE inventory.stock (
  id uuid PRIMARY KEY,
  tenant_id uuid,
  sku text NOT NULL CHECK (length(sku) BETWEEN 1 AND 200),
  location text NOT NULL CHECK (length(location) BETWEEN 1 AND 200),
  on_hand numeric(24,6) NOT NULL DEFAULT 0,
  reserved numeric(24,6) NOT NULL DEFAULT 0,
  incoming numeric(24,6) NOT NULL DEFAULT 0 CHECK (incoming >= 0),
  sequence bigint NOT NULL DEFAULT 0 CHECK (sequence >= 0),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT stock_key UNIQUE NULLS NOT DISTINCT (sku, location, tenant_id),
  CONSTRAINT stock_not_oversold CHECK (0 <= reserved AND reserved <= on_hand)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
CREATE UNIQUE INDEX stock_sku_id ON inventory.stock (sku, id);
ALTER TABLE inventory.stock REPLICA IDENTITY USING INDEX stock_sku_id;
CREATE TRIGGER kept BEFORE DELETE ON inventory.stock FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
`;

const LEDGER = `
-- Each kind of movement moves what its name says, and a row on its own shows that nothing was oversold by it.
CREATE TABLE inventory.stock_ledger (
  id uuid PRIMARY KEY,
  tenant_id uuid,
  stock_id uuid NOT NULL,
  sku text NOT NULL,
  location text NOT NULL,
  sequence bigint NOT NULL CHECK (sequence > 0),
  kind text NOT NULL,
  delta_on_hand numeric(24,6) NOT NULL,
  delta_reserved numeric(24,6) NOT NULL,
  on_hand_before numeric(24,6) NOT NULL,
  reserved_before numeric(24,6) NOT NULL,
  counted numeric(24,6),
  order_id uuid,
  order_line_id uuid,
  order_revision int,
  cause_id uuid NOT NULL,
  reason text,
  reference text,
  actor text NOT NULL,
  idempotency_key text,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT stock_ledger_sequence UNIQUE (stock_id, sequence),
  CONSTRAINT stock_ledger_movement CHECK (CASE kind
    WHEN 'reserve' THEN delta_on_hand = 0 AND delta_reserved > 0
    WHEN 'release' THEN delta_on_hand = 0 AND delta_reserved < 0
    WHEN 'receipt' THEN delta_on_hand > 0 AND delta_reserved = 0
    WHEN 'adjustment' THEN delta_reserved = 0
    WHEN 'ship' THEN delta_on_hand < 0 AND delta_reserved <= 0
    WHEN 'return' THEN delta_on_hand > 0 AND delta_reserved = 0
    WHEN 'transfer' THEN delta_on_hand <> 0 AND delta_reserved = 0
    ELSE false END),
  CONSTRAINT stock_ledger_not_oversold CHECK (
    0 <= reserved_before + delta_reserved AND reserved_before + delta_reserved <= on_hand_before + delta_on_hand)
) WITH (autovacuum_vacuum_insert_scale_factor = 0.1);
-- What a line has reserved, summed up: the comparison with its reservation.
CREATE INDEX stock_ledger_order_line ON inventory.stock_ledger (order_line_id) WHERE order_line_id IS NOT NULL;
-- A stock adjustment is its ledger row, so its idempotency key is unique here.
CREATE UNIQUE INDEX stock_adjustment_key ON inventory.stock_ledger (idempotency_key, tenant_id) NULLS NOT DISTINCT
  WHERE kind = 'adjustment' AND idempotency_key IS NOT NULL;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON inventory.stock_ledger
  FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON inventory.stock_ledger
  FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;

const RECEIPT = `
CREATE TABLE inventory.receipt (
  id uuid PRIMARY KEY,
  tenant_id uuid,
  sku text NOT NULL,
  location text NOT NULL,
  quantity numeric(18,6) NOT NULL CHECK (quantity > 0),
  reference text,
  actor text NOT NULL,
  idempotency_key text,
  created_at timestamptz NOT NULL);
CREATE UNIQUE INDEX receipt_key ON inventory.receipt (idempotency_key, tenant_id) NULLS NOT DISTINCT
  WHERE idempotency_key IS NOT NULL;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON inventory.receipt
  FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON inventory.receipt
  FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;

const MOVEMENT = `
-- What moved per counter and day (UTC), of which the id derives. through_sequence: the newest ledger row that is
-- counted, so that a row counts once however often its change event comes.
CREATE TABLE inventory.stock_movement (
  id uuid PRIMARY KEY,
  tenant_id uuid,
  stock_id uuid NOT NULL,
  sku text NOT NULL,
  location text NOT NULL,
  day date NOT NULL,
  received numeric(24,6) NOT NULL,
  adjusted_up numeric(24,6) NOT NULL,
  adjusted_down numeric(24,6) NOT NULL,
  reserved numeric(24,6) NOT NULL,
  released numeric(24,6) NOT NULL,
  shipped numeric(24,6) NOT NULL,
  returned numeric(24,6) NOT NULL,
  transferred numeric(24,6) NOT NULL,
  entries bigint NOT NULL,
  through_sequence bigint NOT NULL
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
CREATE INDEX stock_movement_day ON inventory.stock_movement (stock_id, day);
`;

const DIFFERENCE = `
-- Where a projection was found to differ from the fold of its facts; a row here is a defect to look into.
CREATE TABLE inventory.stock_difference (
  id uuid PRIMARY KEY,
  tenant_id uuid,
  stock_id uuid NOT NULL,
  sku text NOT NULL,
  location text NOT NULL,
  order_line_id uuid,
  projection text NOT NULL CHECK (projection IN ('counter', 'reservation')),
  projected jsonb NOT NULL,
  folded jsonb NOT NULL,
  found_at timestamptz NOT NULL);
CREATE INDEX stock_difference_stock ON inventory.stock_difference (stock_id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON inventory.stock_difference
  FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON inventory.stock_difference
  FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;
