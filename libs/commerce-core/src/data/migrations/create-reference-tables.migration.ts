import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CURRENCIES } from '../../contract/currencies.js';

/** Customers, products, SKUs and currencies (commerce S0.2, X27; architecture 11). */
export class CreateReferenceTables1795219000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    // A later edition of the list is a migration of its own that upserts what changed.
    await db.query(FILL_CURRENCIES, [
      CURRENCIES.map(({ code }) => code),
      CURRENCIES.map(({ exponent }) => exponent),
      CURRENCIES.map(({ name }) => name),
    ]);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP SCHEMA core CASCADE');
  }
}

const TABLES = `
CREATE SCHEMA core;

-- A standard, not somebody's data: so it has no tenant. No exponent: no amount can be stated in it (gold, XDR).
CREATE TABLE core.currency (
  code text PRIMARY KEY CHECK (code ~ '^[A-Z]{3}$'),
  exponent smallint CHECK (exponent IN (0, 2, 3, 4)),
  name text NOT NULL);

-- A ref is the caller's own name of the thing, case kept. The key begins with it, so that it also serves look-ups that
-- must find a tenant's row and the shared one (tenant_id NULL) side by side.
CREATE TABLE core.customer (
  id uuid PRIMARY KEY,
  tenant_id uuid,
  customer_ref text NOT NULL CHECK (length(customer_ref) BETWEEN 1 AND 200),
  name text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT customer_key UNIQUE NULLS NOT DISTINCT (customer_ref, tenant_id));

CREATE TABLE core.product (
  id uuid PRIMARY KEY,
  tenant_id uuid,
  product_ref text NOT NULL CHECK (length(product_ref) BETWEEN 1 AND 200),
  name text NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT product_key UNIQUE NULLS NOT DISTINCT (product_ref, tenant_id));

-- backorder: stock is reserved and what is short waits. untracked: nobody counts it (postage, fees, services).
CREATE TABLE core.sku (
  id uuid PRIMARY KEY,
  tenant_id uuid,
  sku text NOT NULL CHECK (length(sku) BETWEEN 1 AND 200),
  product_id uuid NOT NULL REFERENCES core.product (id),
  name text,
  stock_policy text NOT NULL CHECK (stock_policy IN ('backorder', 'untracked')),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT sku_key UNIQUE NULLS NOT DISTINCT (sku, tenant_id));
CREATE INDEX sku_product ON core.sku (product_id);
`;

const FILL_CURRENCIES = `
INSERT INTO core.currency (code, exponent, name)
SELECT * FROM unnest($1::text[], $2::smallint[], $3::text[])`;
