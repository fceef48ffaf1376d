/** $1 schemas, $2 tables, pairwise: one row a column of each table that exists. */
export const COLUMNS = `
  SELECT n.nspname AS schema, c.relname AS table, a.attname AS name, a.atttypid::int8::text AS type_oid, a.atttypmod AS typmod,
         format_type(a.atttypid, a.atttypmod) AS type_name, a.attnotnull AS not_null,
         pg_get_expr(d.adbin, d.adrelid) AS default_expression, array_position(i.indkey::int2[], a.attnum) AS key_position
    FROM unnest($1::text[], $2::text[]) AS wanted(schema, name)
    JOIN pg_namespace n ON n.nspname = wanted.schema
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.name AND c.relkind IN ('r', 'p')
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
   ORDER BY n.nspname, c.relname, a.attnum`;

/** $1 oids: the enums, domains and arrays among these types and the types below them. */
export const DERIVED_TYPES = `
  WITH RECURSIVE used(oid) AS (
    SELECT unnest($1::int8[])::oid
    UNION
    SELECT CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.typelem END
      FROM used JOIN pg_type t ON t.oid = used.oid
     WHERE t.typtype = 'd' OR t.typelem <> 0)
  SELECT t.oid::int8::text AS oid, t.typtypmod AS typmod,
         CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' ELSE 'array' END AS kind,
         (CASE t.typtype WHEN 'e' THEN 0 WHEN 'd' THEN t.typbasetype ELSE t.typelem END)::int8::text AS base_oid
    FROM used JOIN pg_type t ON t.oid = used.oid
   WHERE t.typtype IN ('e', 'd') OR EXISTS (SELECT FROM pg_type e WHERE e.oid = t.typelem AND e.typarray = t.oid)`;

/** $1 publication: what it publishes, and under which names. */
export const PUBLICATION = `
  SELECT p.pubviaroot AS via_root, p.pubinsert AND p.pubupdate AND p.pubdelete AS all_changes,
         COALESCE((SELECT json_agg(json_build_object('name', t.schemaname || '.' || t.tablename, 'columns', t.attnames))
                     FROM pg_publication_tables t WHERE t.pubname = p.pubname), '[]') AS tables
    FROM pg_publication p WHERE p.pubname = $1`;
