import type { PooledConnection } from './connection-pool.js';
import { failureKind } from './sqlstate.js';
import { together } from './together.js';
import type { Identity } from './transaction.js';

/** As whom a transaction begins. */
export interface TransactionStart extends Identity {
  /** Its statements may take as long as they need. */
  readonly unhurried?: boolean;
  /** Milliseconds after which the server ends the whole transaction, whatever it is doing or waiting for. */
  readonly limitMs?: number | undefined;
}

/** Does the work between BEGIN and COMMIT and gives the connection back; rejects when anything of it was not committed. */
export async function carryOut<T>(connection: PooledConnection, begin: string, work: () => Promise<T>): Promise<T> {
  try {
    const [, result] = await together(connection.query(begin).catch(unavailable), work());
    const { command } = await connection.query('COMMIT');
    if (command !== 'COMMIT') throw notCommitted();
    return result;
  } catch (error) {
    await rollBack(connection);
    throw error;
  } finally {
    connection.release();
  }
}

/** The server answers the COMMIT of a transaction that has failed with ROLLBACK, and with no error. */
function notCommitted(): Error {
  const message = 'nothing was committed: a statement failed, and the work went on as if it had not';
  return Object.assign(new Error(message), { code: 'not-committed', retriable: false });
}

/**
 * One round trip; what is set here ends with the transaction, and the connection rests again (connection-pool.ts). Throws
 * `bad-tenant`.
 */
export function beginStatement({ role, tenantId, unhurried, limitMs }: TransactionStart): string {
  if (tenantId !== null && !UUID.test(tenantId)) throw notATenant(tenantId);
  const timeout = unhurried ? 'SET LOCAL statement_timeout = 0; ' : '';
  const limit = limitMs === undefined ? '' : `SET LOCAL transaction_timeout = ${Math.ceil(limitMs)}; `;
  const tenant = tenantId === null ? '' : `; SELECT set_config('orderkeel.tenant', '${tenantId}', true)`;
  return `BEGIN; ${timeout}${limit}SET LOCAL ROLE "${role}"${tenant}`;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The tenant becomes part of a statement's text. */
function notATenant(tenantId: string): Error {
  return Object.assign(new Error(`${tenantId} is no tenant: it must be a UUID`), {
    code: 'bad-tenant',
    retriable: false,
  });
}

/** What fails before the work has begun is never the work's fault, whatever the network or the login has to say. */
export function unavailable(error: unknown): never {
  if (failureKind(error) !== 'other') throw error;
  throw Object.assign(new Error((error as Error).message, { cause: error }), { code: '08006', retriable: true });
}

async function rollBack(connection: PooledConnection): Promise<void> {
  try {
    await connection.query('ROLLBACK');
  } catch {
    // The connection is gone, and with it the transaction; the first error says why.
  }
}
