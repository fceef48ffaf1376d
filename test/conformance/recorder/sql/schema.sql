CREATE SCHEMA "order"; CREATE SCHEMA inventory; CREATE SCHEMA cdc; CREATE SCHEMA kit;
CREATE EXTENSION IF NOT EXISTS citext;
CREATE TABLE "order".order_intent (id uuid PRIMARY KEY, order_id uuid NOT NULL, payload jsonb NOT NULL, received_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE "order"."order" (id uuid PRIMARY KEY, customer_id uuid NOT NULL, total numeric(12,2) NOT NULL, currency char(3) NOT NULL DEFAULT 'EUR', placed_at timestamptz NOT NULL);
CREATE TABLE "order".order_status_history (order_id uuid NOT NULL, recorded_at timestamptz NOT NULL, id uuid NOT NULL, status text NOT NULL, reason text, PRIMARY KEY (order_id, recorded_at, id)) PARTITION BY RANGE (recorded_at);
CREATE TABLE "order".order_status_history_2026_11 PARTITION OF "order".order_status_history FOR VALUES FROM ('2026-11-01') TO ('2026-12-01');
CREATE TABLE "order".order_status_history_2026_12 PARTITION OF "order".order_status_history FOR VALUES FROM ('2026-12-01') TO ('2027-01-01');
CREATE TABLE inventory.reservation (id uuid NOT NULL PRIMARY KEY, order_id uuid NOT NULL, sku text NOT NULL, quantity int NOT NULL, state text NOT NULL, note text, updated_at timestamptz NOT NULL DEFAULT now());
CREATE UNIQUE INDEX reservation_order_id_id ON inventory.reservation (order_id, id);
CREATE TYPE kit.color AS ENUM ('red','green','blue');
CREATE DOMAIN kit.money_amount AS numeric(14,4);
CREATE TABLE kit.all_types (
  id uuid PRIMARY KEY, c_bool boolean, c_int2 smallint, c_int4 int, c_int8 bigint, c_real real, c_double double precision,
  c_num numeric(12,2), c_numfree numeric, c_domain kit.money_amount, c_date date,
  c_tstz timestamptz, c_tstz0 timestamptz(0), c_tstz3 timestamptz(3), c_ts3 timestamp(3), c_ts6 timestamp, c_time3 time(3), c_time6 time, c_timetz timetz,
  c_interval interval, c_text text, c_varchar varchar(50), c_char char(5), c_enum kit.color, c_json json, c_jsonb jsonb, c_bytea bytea,
  c_text_arr text[], c_int_arr int[], c_int8_arr bigint[], c_uuid_arr uuid[], c_num_arr numeric(12,2)[], c_tstz_arr timestamptz[], c_bool_arr boolean[], c_enum_arr kit.color[], c_jsonb_arr jsonb[],
  c_citext citext, c_inet inet, c_cidr cidr, c_macaddr macaddr, c_int4range int4range, c_tstzrange tstzrange, c_bit bit(1), c_bits bit(5), c_varbit varbit(8), c_xml xml, c_point point, c_money money, c_oid oid, c_uuid uuid, c_tsvector tsvector,
  d_int int DEFAULT 7, d_text text DEFAULT 'def', d_num numeric(12,2) DEFAULT 9.50, d_bool boolean DEFAULT true, d_jsonb jsonb DEFAULT '{}', d_tstz timestamptz DEFAULT now(), g_int bigint GENERATED ALWAYS AS (c_int4::bigint * 2) STORED);
CREATE TABLE kit.toast_default (id int PRIMARY KEY, n int, big text, bigj jsonb, biga text[], bigi int[], bigb bytea, bignum numeric, biguu uuid[]);
CREATE TABLE kit.toast_full (id int PRIMARY KEY, n int, big text, bigj jsonb);
ALTER TABLE kit.toast_full REPLICA IDENTITY FULL;
CREATE TABLE kit.rid_nothing (id int PRIMARY KEY, n int); ALTER TABLE kit.rid_nothing REPLICA IDENTITY NOTHING;
CREATE TABLE kit.no_pk (a int, b text); ALTER TABLE kit.no_pk REPLICA IDENTITY FULL;
CREATE TABLE kit.trunc (id int PRIMARY KEY, n int);
CREATE TABLE cdc.signal (id varchar(42) PRIMARY KEY, type varchar(32) NOT NULL, data varchar(2048));
CREATE PUBLICATION orderkeel_cdc FOR TABLE "order".order_intent, "order"."order", "order".order_status_history, inventory.reservation, cdc.signal, kit.all_types, kit.toast_default, kit.toast_full, kit.no_pk, kit.trunc WITH (publish='insert, update, delete, truncate', publish_via_partition_root=true);
