import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The append-only history, its vocabulary and closings (order S1.24-S1.35, X1, X2, X15, X19c). */
export class CreateStatusHistory1795219100001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(VOCABULARY);
    await db.query(HISTORY);
    await db.query(CLOSING);
    await db.query(POLICIES);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE "order".status_closing, "order".order_status_history, "order".status_vocabulary');
  }
}

const VOCABULARY = `
-- The words that may be written, and the one database role that may write each. Filled from the modules' manifests.
CREATE TABLE "order".status_vocabulary (
  code text PRIMARY KEY CHECK (code ~ '^[a-z][a-z_]*:[a-z][a-z_]*$'),
  namespace text NOT NULL,
  module text NOT NULL,
  writer name NOT NULL,
  meaning text NOT NULL,
  payload text NOT NULL,
  category text CHECK (category IN ('fulfillment', 'payment', 'support')),
  severity text CHECK (severity IN ('info', 'warning', 'blocking')),
  CHECK (namespace = split_part(code, ':', 1)));
CREATE INDEX status_vocabulary_writer ON "order".status_vocabulary (writer, namespace, code);
`;

const HISTORY = `
-- Partitioned by id, whose first 48 bits are the cause's time: so the primary key is the id alone, and the arbiter of
-- ON CONFLICT. recorded_at is the writer's and never decides where a row lies.
CREATE TABLE "order".order_status_history (
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  tenant_id uuid,
  module text NOT NULL,
  status_code text NOT NULL,
  category text CHECK (category IN ('fulfillment', 'payment', 'support')),
  severity text CHECK (severity IN ('info', 'warning', 'blocking')),
  payload jsonb NOT NULL DEFAULT '{}',
  recorded_at timestamptz NOT NULL CHECK (isfinite(recorded_at)),
  written_by text NOT NULL,
  closes_entry_id uuid,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (id),
  CHECK (module = split_part(status_code, ':', 1))
) PARTITION BY RANGE (id);
CREATE INDEX order_status_history_order ON "order".order_status_history (order_id, id);
-- Boards, newest first; an entry of one order is found by its order.
CREATE INDEX order_status_history_module ON "order".order_status_history (module, recorded_at, seq);
CREATE INDEX order_status_history_code ON "order".order_status_history (status_code, recorded_at, seq);
CREATE INDEX order_status_history_blocking ON "order".order_status_history (recorded_at, seq) WHERE severity = 'blocking';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "order".order_status_history
  FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "order".order_status_history
  FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;

const CLOSING = `
-- Closing is an append. The primary key here is what closes an entry at most once, over all partitions.
CREATE TABLE "order".status_closing (
  entry_id uuid PRIMARY KEY,
  closing_entry_id uuid NOT NULL UNIQUE,
  order_id uuid NOT NULL,
  tenant_id uuid,
  closed_at timestamptz NOT NULL);
CREATE INDEX status_closing_order ON "order".status_closing (order_id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "order".status_closing
  FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "order".status_closing
  FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
`;

const POLICIES = `
-- A module writes its own words and no others, which is one sub-select for the whole statement, and every entry is of its
-- order's tenant: one look at the order's key for each row, which adds 1.5 us to 13. A scalar sub-select never becomes a
-- hash of all orders, as EXISTS may; without the order it is null, and refused.
CREATE POLICY own_words ON "order".order_status_history FOR INSERT
  WITH CHECK ((module, status_code) IN
      (SELECT v.namespace, v.code FROM "order".status_vocabulary v WHERE v.writer = current_user)
    AND (SELECT o.tenant_id IS NOT DISTINCT FROM order_status_history.tenant_id
           FROM "order"."order" o WHERE o.id = order_status_history.order_id));

-- A closing is of the entry's order and tenant. A module closes entries of its own namespace; order's role, which carries
-- the operators' commands, any.
CREATE POLICY own_entries ON "order".status_closing FOR INSERT
  WITH CHECK (EXISTS (
    SELECT FROM "order".order_status_history h
     WHERE h.id = entry_id AND h.order_id = status_closing.order_id
       AND h.tenant_id IS NOT DISTINCT FROM status_closing.tenant_id
       AND EXISTS (SELECT FROM "order".status_vocabulary v
                    WHERE v.writer = current_user AND (v.namespace = h.module OR v.module = 'order'))));
`;
