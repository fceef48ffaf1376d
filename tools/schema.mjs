// `npm run generate:schema`: writes docs/schema.sql from a freshly migrated database on the embedded PostgreSQL.
// A spec compares the two (libs/platform/src/database/schema-dump.db.spec.ts).
import './typescript-hooks.mjs';

await import('./generate/write-schema.ts');
