import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GOLDEN_SCHEMA, schemaOfNewDatabase } from '../../test/support/golden-schema.js';

writeFileSync(fileURLToPath(new URL(`../../${GOLDEN_SCHEMA}`, import.meta.url)), await schemaOfNewDatabase(18));
