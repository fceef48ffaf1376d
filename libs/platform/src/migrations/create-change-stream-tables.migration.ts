import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Schemas platform and cdc: guards that other modules' tables use, and the bookkeeping of the change stream (reliability 3.2). */
export class CreateChangeStreamTables1795218000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(GUARDS);
    await db.query(CONSUMERS);
    await db.query(PARKING);
    await db.query(CATCH_UP);
    await db.query(PARTITIONS);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP SCHEMA cdc CASCADE');
  }
}

const GUARDS = `
CREATE SCHEMA IF NOT EXISTS platform;
CREATE SCHEMA cdc;

-- Append-only tables carry this as a trigger, so that even their owner cannot rewrite history.
CREATE FUNCTION platform.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of %.% is refused: it is append-only; append a row instead', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$;

-- The tenant of an API transaction; a transaction-local setting reads '' afterwards, not NULL.
CREATE FUNCTION cdc.tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN NULLIF(current_setting('orderkeel.tenant', true), '')::uuid;

-- What this installation is: the digest of its grants, its own id.
CREATE TABLE platform.installation_fact (name text PRIMARY KEY, value text NOT NULL, updated_at timestamptz NOT NULL DEFAULT now());
`;

const CONSUMERS = `
-- One row per executor (a module without executors has one in its own name): what is enabled in this installation.
CREATE TABLE cdc.consumer (
  executor text PRIMARY KEY,
  module text NOT NULL,
  module_enabled boolean NOT NULL,
  executor_enabled boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('DISABLED', 'NEEDS_SNAPSHOT', 'ONBOARDING', 'SNAPSHOTTING', 'RUNNING', 'PAUSED')),
  -- Stopped by a person or a failure: it does not go on by itself, neither with its stream nor by reading the tables.
  held boolean NOT NULL DEFAULT false,
  reason text,
  handler_version int NOT NULL,
  floor_pos numeric(20,0),
  snapshot_pos numeric(20,0),
  -- All causes that were last changed before have been seen to have their effects.
  verified_before timestamptz,
  state_since timestamptz NOT NULL,
  CONSTRAINT consumer_held_in_state
    CHECK (CASE state WHEN 'PAUSED' THEN held WHEN 'NEEDS_SNAPSHOT' THEN true ELSE NOT held END));

-- One row per executor, stream and lane. pos is a commit's end LSN, or, with idx > 0, the LSN of the commit record of
-- the transaction whose first idx changes are applied. With Kafka it is the next offset, and last_* tell the record before
-- it, so that a topic that was made anew is noticed (reliability 3.5). Updated once per batch, so it leaves room for HOT updates.
CREATE TABLE cdc.checkpoint (
  executor text NOT NULL,
  stream text NOT NULL,
  part int NOT NULL,
  module text NOT NULL,
  pos_kind text NOT NULL CHECK (pos_kind IN ('lsn', 'offset', 'ordinal')),
  pos numeric(20,0) NOT NULL,
  idx int NOT NULL DEFAULT 0,
  last_offset numeric(20,0),
  last_txid bigint,
  last_lsn numeric(20,0),
  owner_epoch bigint NOT NULL DEFAULT 0,
  owner text,
  source_id text NOT NULL,
  batches bigint NOT NULL DEFAULT 0,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (executor, stream, part))
  WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- What was acknowledged to the slot, written before it is sent: a slot beyond it has skipped something (reliability F4).
CREATE TABLE cdc.ack (
  slot text PRIMARY KEY,
  acked_upto numeric(20,0) NOT NULL,
  source_id text NOT NULL,
  updated_at timestamptz NOT NULL) WITH (fillfactor = 50);
`;

const PARKING = `
CREATE TABLE cdc.parked_key (
  executor text NOT NULL,
  key text NOT NULL,
  module text NOT NULL,
  reason text NOT NULL,
  error_class text NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  next_retry_at timestamptz,
  parked_at timestamptz NOT NULL,
  PRIMARY KEY (executor, key));

CREATE TABLE cdc.parked_event (
  executor text NOT NULL,
  key text NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  module text NOT NULL,
  stream text NOT NULL,
  part int NOT NULL,
  pos numeric(20,0) NOT NULL,
  idx int NOT NULL,
  envelope text NOT NULL,
  PRIMARY KEY (executor, key, seq));

-- What an operator skipped, and why: nothing vanishes.
CREATE TABLE cdc.skipped_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  executor text NOT NULL,
  key text NOT NULL,
  module text NOT NULL,
  envelope text NOT NULL,
  error text NOT NULL,
  reason text NOT NULL,
  actor text NOT NULL,
  skipped_at timestamptz NOT NULL);
CREATE INDEX skipped_event_key ON cdc.skipped_event (executor, key);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON cdc.skipped_event FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
`;

const CATCH_UP = `
-- The keys that an executor's catch-up works through, oldest first (reliability 3.6). Those behind the checkpoint are kept
-- until it is over: of a mutable contract with the version of their rows, so that a further round takes only changed ones.
CREATE TABLE cdc.snapshot_key (
  executor text NOT NULL,
  contract text NOT NULL,
  ordinal bigint NOT NULL,
  module text NOT NULL,
  key text NOT NULL,
  row_id text NOT NULL,
  row_version numeric,
  PRIMARY KEY (executor, contract, ordinal),
  UNIQUE (executor, contract, row_id));
`;

const PARTITIONS = `
-- A uuid whose first 48 bits are an instant, zeros behind: the bounds of partitions by id.
CREATE FUNCTION cdc.first_id_at(at timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;

-- Makes the partition of one month, with all that a partition does not inherit: row security, triggers on TRUNCATE
-- (reliability F17). Nobody is granted anything on it, so that no insert goes around the parent's policies.
CREATE FUNCTION cdc.create_month(parent regclass, month date) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  parent_schema text; parent_name text; leaf text; from_at timestamptz; to_at timestamptz;
BEGIN
  SELECT n.nspname, c.relname INTO STRICT parent_schema, parent_name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.oid = parent AND c.relkind = 'p' AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user);
  from_at := date_trunc('month', month)::timestamp AT TIME ZONE 'UTC';
  to_at := (date_trunc('month', month) + interval '1 month')::timestamp AT TIME ZONE 'UTC';
  leaf := parent_name || to_char(from_at AT TIME ZONE 'UTC', '_YYYY_MM');
  PERFORM pg_advisory_xact_lock(hashtextextended(parent_schema || '.' || leaf, 0));
  IF to_regclass(format('%I.%I', parent_schema, leaf)) IS NOT NULL THEN
    RETURN false;
  END IF;
  EXECUTE format('CREATE TABLE %1$I.%2$I PARTITION OF %1$I.%3$I FOR VALUES FROM (%4$L) TO (%5$L)',
    parent_schema, leaf, parent_name, cdc.first_id_at(from_at), cdc.first_id_at(to_at));
  EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', parent_schema, leaf);
  EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I.%I FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change()',
    parent_schema, leaf);
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION cdc.create_month(regclass, date) FROM PUBLIC;
`;
