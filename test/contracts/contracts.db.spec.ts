import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { tableOf, type Contract } from '@orderkeel/platform/contract';
import { builtDeclarations } from '../../apps/server/src/built-modules.js';
import { tableReads } from '../../libs/platform/src/change-stream/table-reads.js';
import { onConnection } from '../../libs/platform/src/postgres/admin-connection.js';
import { insertExample, writeAnything } from '../support/example-row.js';
import { migratedDatabase, type MigratedDatabase } from '../support/migrated-database.js';

const contracts = builtDeclarations.flatMap(({ publishes }) => publishes);

let db: MigratedDatabase;
beforeAll(async () => {
  db = await migratedDatabase();
});
afterAll(() => db.drop());

/** Writes the contract's example as a row, reads it back as PostgreSQL has it, and gives the change event of that row. */
async function eventOfExample(contract: Contract) {
  const table = tableOf(contract);
  const example = contract.example;
  const wanted = { schema: contract.schema, table: contract.table, keyColumns: [contract.key] };
  const reads = await tableReads([wanted], { url: db.adminUrl, topicPrefix: 'orderkeel' });
  const read = reads.get(`${contract.schema}.${contract.table}`);
  const texts = await onConnection(db.adminUrl, async (client) => {
    await writeAnything(client);
    await insertExample(client, contract);
    const { rows } = await client.query<{ texts: (string | null)[] }>(
      `SELECT ${read?.textsSql} AS texts FROM ${table} WHERE ${contract.key} = $1`,
      [example[contract.key]],
    );
    return rows[0]?.texts ?? [];
  });
  return read?.event(texts, { lsn: 0n, index: 0, xid: null });
}

describe.each(contracts.map((contract) => [contract.name, contract] as const))('the contract %s', (name, contract) => {
  it('has an example that its schema allows', () => {
    expect(contract.row.strict().safeParse(contract.example).error).toBeUndefined();
  });

  it('says the same as the JSON Schema in docs/contracts', () => {
    const ajv = new Ajv2020({ strict: true, allErrors: true });
    addFormats.default(ajv);
    const file = new URL(`../../docs/contracts/${name}.schema.json`, import.meta.url);
    const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
    validate(contract.example);
    expect(validate.errors).toBeNull();
    const [column = ''] = Object.keys(contract.row.shape);
    expect(validate({ ...contract.example, [column]: undefined })).toBe(false);
    expect(validate({ ...contract.example, column_of_a_later_release: 1 })).toBe(true);
  });

  it('has the columns of its table, in their order', async () => {
    const { rows } = await onConnection(db.adminUrl, (client) =>
      client.query<{ column: string }>(
        `SELECT attname AS column FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
        [tableOf(contract)],
      ),
    );
    expect(Object.keys(contract.row.shape)).toEqual(rows.map(({ column }) => column));
  });

  it('gives its example back as a change event, once it is a row of the table', async () => {
    const event = await eventOfExample(contract);
    expect(event?.after).toEqual(contract.example);
    expect(event?.key).toBe(contract.example[contract.key]);
    const envelope = JSON.parse(event?.envelopeJson() ?? '') as { after: object; source: object };
    expect(envelope).toMatchObject({
      after: contract.example,
      source: { schema: contract.schema, table: contract.table, name: 'orderkeel' },
    });
  });
});
