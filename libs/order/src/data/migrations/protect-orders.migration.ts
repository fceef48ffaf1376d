import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What never changes of an order and of an accepted intent, whoever asks (order S1.16, S1.22, X4, X5). */
export class ProtectOrders1795219100003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(ORDERS);
    await db.query(INTENTS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`DROP FUNCTION "order".refuse_order_change, "order".refuse_revision_gap, "order".refuse_intent_change
                      CASCADE`);
  }
}

const ORDERS = `
-- Which columns a statement names is known before any row is read, and WHEN is asked without a function: comparing whole
-- rows here would unpack both versions of the lines, three quarters of what a revision costs.
CREATE FUNCTION "order".refuse_order_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'order %: lines, money and references never change; append an adjustment', OLD.id
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RAISE EXCEPTION '% of orders is refused: cancel the order instead', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER immutable BEFORE DELETE OR UPDATE OF id, order_id, tenant_id, intent_ref, source_system, order_intent_id,
    external_order_id, customer_ref, currency, line_items, totals, shipping_address, billing_address, metadata, submitted_at,
    created_at
  ON "order"."order" FOR EACH ROW EXECUTE FUNCTION "order".refuse_order_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "order"."order" FOR EACH STATEMENT EXECUTE FUNCTION "order".refuse_order_change();

CREATE FUNCTION "order".refuse_revision_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'order %: revision % must follow %', OLD.id, NEW.revision, OLD.revision USING ERRCODE = 'check_violation',
    CONSTRAINT = 'order_revision_follows';
END $$;
CREATE TRIGGER revision_follows BEFORE UPDATE ON "order"."order" FOR EACH ROW
  WHEN (NEW.revision <> OLD.revision + 1) EXECUTE FUNCTION "order".refuse_revision_gap();
`;

const INTENTS = `
-- An accepted intent is acknowledged: its content stays (S1.16). Until then it may change, and its identity never.
CREATE FUNCTION "order".refuse_intent_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'intent %: accepted content and identity never change', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  RAISE EXCEPTION '% of intents is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER identity_stays BEFORE DELETE OR UPDATE OF id, order_id, tenant_id, source_system, order_intent_id, received_at
  ON "order".order_intent FOR EACH ROW EXECUTE FUNCTION "order".refuse_intent_change();
CREATE TRIGGER accepted_stays BEFORE UPDATE ON "order".order_intent FOR EACH ROW
  WHEN (OLD.state = 'accepted') EXECUTE FUNCTION "order".refuse_intent_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "order".order_intent FOR EACH STATEMENT EXECUTE FUNCTION "order".refuse_intent_change();
`;
