import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One row per command that was given an idempotency key: its content's hash and its first result (interfaces 3). */
export class CreateIdempotencyKeys1795218100000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE platform.idempotency_key (
        id uuid PRIMARY KEY,
        tenant_id uuid,
        module text NOT NULL,
        route text NOT NULL,
        object text NOT NULL,
        key text NOT NULL,
        content_hash text NOT NULL,
        result jsonb,
        created_at timestamptz NOT NULL,
        CONSTRAINT idempotency_key_once UNIQUE NULLS NOT DISTINCT (tenant_id, module, route, object, key))`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE platform.idempotency_key');
  }
}
