import type { Client } from 'pg';
import { tableOf, type Contract } from '@orderkeel/platform/contract';
import { builtDeclarations } from '../../apps/server/src/built-modules.js';
import { timeOfId } from '../../libs/platform/src/ids/ids.js';

const monthly = builtDeclarations.flatMap(({ monthly: tables = [] }) => tables);

/** Lets a superuser's connection write rows that stand alone: no foreign keys, no triggers; checks and unique keys hold. */
export async function writeAnything(client: Client): Promise<void> {
  await client.query(`SET session_replication_role = replica; SET TimeZone = 'UTC'`);
}

/** Writes a contract's example as a row of its table, on a connection that may write anything. */
export async function insertExample(client: Client, contract: Contract): Promise<void> {
  const { example } = contract;
  for (const parent of monthly) {
    const month = new Date(timeOfId(String(example['id']))).toISOString().slice(0, 10);
    await client.query('SELECT cdc.create_month($1::regclass, $2::date)', [parent, month]);
  }
  const columns = Object.keys(example);
  const names = columns.map((name) => `"${name}"`).join(', ');
  const places = columns.map((_, index) => `$${index + 1}`).join(', ');
  await client.query(
    `INSERT INTO ${tableOf(contract)} (${names}) OVERRIDING SYSTEM VALUE VALUES (${places})`,
    columns.map((name) => example[name]),
  );
}
