import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What others read of stock (inventory S1.86, S1.104), and what an auditor compares. */
export class CreateStockViews1795219200002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(REMAINING_STOCK);
    await db.query(STOCK_FOLD);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP VIEW inventory.stock_fold, inventory.remaining_stock');
  }
}

const REMAINING_STOCK = `
CREATE VIEW inventory.remaining_stock WITH (security_invoker = true) AS
  SELECT sku, location, on_hand, reserved, on_hand - reserved AS available, incoming, id AS stock_id, tenant_id
    FROM inventory.stock;
`;

const STOCK_FOLD = `
-- The counter beside the whole fold of its ledger and of its reservations: three ways to the same figures.
CREATE VIEW inventory.stock_fold WITH (security_invoker = true) AS
  SELECT s.id AS stock_id, s.tenant_id, s.sku, s.location, s.on_hand, s.reserved, s.sequence,
         coalesce(l.on_hand, 0) AS ledger_on_hand, coalesce(l.reserved, 0) AS ledger_reserved, l.entries AS ledger_entries,
         coalesce(r.reserved, 0) AS reservations_reserved
    FROM inventory.stock s
    CROSS JOIN LATERAL (SELECT sum(delta_on_hand) AS on_hand, sum(delta_reserved) AS reserved, count(*) AS entries
                          FROM inventory.stock_ledger WHERE stock_id = s.id) l
    CROSS JOIN LATERAL (SELECT sum(quantity - backordered_quantity) AS reserved
                          FROM inventory.reservation WHERE stock_id = s.id AND state <> 'fulfilled') r;
`;
