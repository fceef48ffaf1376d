import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { GOLDEN_SCHEMA, schemaOfNewDatabase } from '../../../../test/support/golden-schema.js';

describe('a newly migrated database', () => {
  it.each([18, 17] as const)('is what docs/schema.sql says, on PostgreSQL %i', async (version) => {
    const golden = readFileSync(new URL(`../../../../${GOLDEN_SCHEMA}`, import.meta.url), 'utf8');
    const actual = await schemaOfNewDatabase(version);
    const advice = 'Run `npm run generate:schema`, read the difference, and commit it';
    expect({ advice, schema: actual.split('\n') }).toEqual({ advice, schema: golden.split('\n') });
  });
});
