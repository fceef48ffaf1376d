import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Intents, rejections, orders and adjustments (order S1.7-S1.23, X4, X19, X56). */
export class CreateOrderTables1795219100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('CREATE SCHEMA "order"');
    await db.query(INTENT);
    await db.query(SOURCES);
    await db.query(ORDER);
    await db.query(ADJUSTMENT);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP SCHEMA "order" CASCADE');
  }
}

const INTENT = `
CREATE TABLE "order".order_intent (
  id uuid PRIMARY KEY,
  order_id uuid NOT NULL,
  tenant_id uuid,
  source_system text NOT NULL CHECK (length(source_system) BETWEEN 1 AND 200),
  order_intent_id text NOT NULL CHECK (length(order_intent_id) BETWEEN 1 AND 200),
  external_order_id text,
  customer_ref text NOT NULL,
  line_items jsonb NOT NULL CHECK (jsonb_typeof(line_items) = 'array'),
  totals jsonb NOT NULL,
  shipping_address jsonb,
  billing_address jsonb,
  metadata jsonb,
  payload_hash text,
  content_hash text NOT NULL,
  submitted_at timestamptz NOT NULL CHECK (isfinite(submitted_at)),
  state text NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'accepted', 'rejected', 'held')),
  received_at timestamptz NOT NULL CHECK (isfinite(received_at)),
  updated_at timestamptz NOT NULL CHECK (isfinite(updated_at)),
  -- The most telling column first, so that a search by the caller's id alone uses it as well.
  CONSTRAINT order_intent_key UNIQUE NULLS NOT DISTINCT (order_intent_id, source_system, tenant_id)
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX order_intent_order_id_id ON "order".order_intent (order_id, id);
ALTER TABLE "order".order_intent REPLICA IDENTITY USING INDEX order_intent_order_id_id;
-- Backlog: the intent that has waited longest for an answer; a replaced one waits anew.
CREATE INDEX order_intent_waiting ON "order".order_intent (updated_at) WHERE state = 'received';
-- Lists of what did not become an order.
CREATE INDEX order_intent_refused ON "order".order_intent (state, id) WHERE state IN ('rejected', 'held');

CREATE TABLE "order".intent_rejection (
  id uuid PRIMARY KEY,
  order_id uuid NOT NULL,
  intent_id uuid NOT NULL REFERENCES "order".order_intent (id),
  tenant_id uuid,
  code text NOT NULL,
  http_status int NOT NULL,
  reasons jsonb NOT NULL,
  content_hash text NOT NULL,
  created_at timestamptz NOT NULL);
CREATE INDEX intent_rejection_intent ON "order".intent_rejection (intent_id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "order".intent_rejection
  FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "order".intent_rejection
  FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;

const SOURCES = `
-- The one database role that may insert intents of a source system by contract (X56). Filled from the modules' manifests;
-- what comes over HTTP needs no entry.
CREATE TABLE "order".source_registration (
  source_system text PRIMARY KEY CHECK (length(source_system) BETWEEN 1 AND 200),
  module text NOT NULL,
  writer name NOT NULL);

-- A module writes intents of its own sources, until somebody has answered them; the sub-select runs once per statement.
CREATE POLICY own_sources ON "order".order_intent FOR INSERT
  WITH CHECK (state = 'received'
    AND source_system IN (SELECT s.source_system FROM "order".source_registration s WHERE s.writer = current_user));
CREATE POLICY own_unanswered ON "order".order_intent FOR UPDATE
  USING (state = 'received'
    AND source_system IN (SELECT s.source_system FROM "order".source_registration s WHERE s.writer = current_user));
`;

const ORDER = `
-- Only generic fields: what a module knows of an order is a row of its own, or an entry of the history (S1.23, S1.37).
CREATE TABLE "order"."order" (
  id uuid PRIMARY KEY,
  order_id uuid NOT NULL,
  tenant_id uuid,
  intent_ref uuid NOT NULL REFERENCES "order".order_intent (id),
  source_system text NOT NULL,
  order_intent_id text NOT NULL,
  external_order_id text,
  customer_ref text NOT NULL,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  line_items jsonb NOT NULL CHECK (jsonb_typeof(line_items) = 'array'),
  totals jsonb NOT NULL,
  shipping_address jsonb,
  billing_address jsonb,
  metadata jsonb,
  submitted_at timestamptz NOT NULL,
  revision int NOT NULL DEFAULT 1 CHECK (revision >= 1),
  created_at timestamptz NOT NULL CHECK (isfinite(created_at)),
  updated_at timestamptz NOT NULL CHECK (isfinite(updated_at)),
  CHECK (order_id = id)
) WITH (fillfactor = 90);
CREATE INDEX order_by_customer ON "order"."order" (customer_ref, created_at DESC, id DESC);
CREATE INDEX order_by_source ON "order"."order" (source_system, created_at DESC, id DESC);
CREATE INDEX order_by_creation ON "order"."order" (created_at DESC, id DESC);
CREATE INDEX order_by_external_id ON "order"."order" (external_order_id) WHERE external_order_id IS NOT NULL;

-- The SKUs of an order's lines, for search; immutable as the lines are. A single expression, which PostgreSQL inlines: a
-- sub-select would be set up anew for each row, half of what the index costs an insert.
CREATE FUNCTION "order".skus_of(line_items jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN jsonb_path_query_array(line_items, '$[*].sku');
-- What is new waits in a list, which each search reads and whoever fills it sorts in: kept short, 256 kB in place of 4 MB.
CREATE INDEX order_by_sku ON "order"."order" USING gin ("order".skus_of(line_items) jsonb_path_ops)
  WITH (gin_pending_list_limit = 256);
`;

const ADJUSTMENT = `
-- Cancel and adjust are rows: who, why, what. The revision they made is theirs alone (X4).
CREATE TABLE "order".order_adjustment (
  id uuid PRIMARY KEY,
  order_id uuid NOT NULL REFERENCES "order"."order" (id),
  tenant_id uuid,
  revision int NOT NULL CHECK (revision > 1),
  kind text NOT NULL CHECK (kind IN ('cancel', 'adjust')),
  changes jsonb NOT NULL CHECK (jsonb_typeof(changes) = 'array'),
  reason text NOT NULL,
  actor text NOT NULL,
  idempotency_key text,
  created_at timestamptz NOT NULL,
  CONSTRAINT order_adjustment_revision UNIQUE (order_id, revision));
CREATE UNIQUE INDEX order_cancelled_once ON "order".order_adjustment (order_id) WHERE kind = 'cancel';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "order".order_adjustment
  FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "order".order_adjustment
  FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;
