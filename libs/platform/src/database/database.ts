import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../time/clock.js';
import { ConnectionPool, type PooledConnection } from './connection-pool.js';
import { failureKind, isTransient } from './sqlstate.js';
import type { ModuleTx } from './module-tx.js';
import { RoleNames } from './role-names.js';
import { Transaction } from './transaction.js';

/** On whose behalf a command or a read runs. */
export interface Caller {
  /** The caller's tenant; null sees and writes shared rows only. */
  readonly tenantId: string | null;
  /** Who it is, for the record: the authenticated identity, or the request's `actor`. */
  readonly actor: string;
}

/** How long a statement of an API request may run. */
const API_STATEMENT_TIMEOUT = '5s';
const COMMAND_ATTEMPTS = 5;

/** Opens transactions, each under exactly one role of this installation (architecture 7, security 5.1). */
@Injectable()
export class Database {
  constructor(
    private readonly pool: ConnectionPool,
    private readonly roles: RoleNames,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Reads as the API's role, which sees the caller's tenant and shared rows only. */
  async read<T>(caller: Pick<Caller, 'tenantId'>, work: (tx: ModuleTx) => Promise<T>): Promise<T> {
    const settings = apiSettings(caller.tenantId);
    return this.transaction({ role: this.roles.api, module: 'api', writer: 'api', ...caller, settings }, work);
  }

  /**
   * Runs a command in one transaction under the module's role. Deadlocks and serialization failures are tried again,
   * so the work must have no effect outside the transaction.
   */
  async command<T>(module: string, caller: Caller, work: (tx: ModuleTx) => Promise<T>): Promise<T> {
    const settings = apiSettings(caller.tenantId);
    const start = {
      role: this.roles.ofModule(module),
      module,
      writer: caller.actor,
      tenantId: caller.tenantId,
      settings,
    };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.transaction(start, work);
      } catch (error) {
        if (attempt === COMMAND_ATTEMPTS || !isTransient(error, 'conflict')) throw error;
      }
    }
  }

  /** Runs the platform's own bookkeeping (checkpoints, acknowledgements) under the platform's role. */
  async bookkeeping<T>(work: (tx: ModuleTx) => Promise<T>): Promise<T> {
    return this.transaction(
      { role: this.roles.platform, module: 'platform', writer: 'platform', tenantId: null },
      work,
    );
  }

  /** Runs one executor's batch under its module's role; for the reaction runner only (architecture 6). */
  async batch<T>(module: string, executor: string, work: (tx: ModuleTx) => Promise<T>): Promise<T> {
    return this.transaction({ role: this.roles.ofModule(module), module, writer: executor, tenantId: null }, work);
  }

  private async transaction<T>(start: TransactionStart, work: (tx: ModuleTx) => Promise<T>): Promise<T> {
    const connection = await this.pool.acquire().catch(unavailable);
    const tx = new Transaction(connection, this.roles, this.clock, start);
    const result = await carryOut(connection, beginStatement(start), () => work(tx));
    // Behind the commit, where a hint that fails cannot make it look undone.
    tx.committed();
    return result;
  }
}

async function carryOut<T>(connection: PooledConnection, begin: string, work: () => Promise<T>): Promise<T> {
  let failure: unknown;
  try {
    await connection.query(begin).catch(unavailable);
    const result = await work();
    await connection.query('COMMIT');
    return result;
  } catch (error) {
    failure = error;
    await rollBack(connection);
    throw error;
  } finally {
    connection.release(failure);
  }
}

interface TransactionStart {
  readonly role: string;
  readonly module: string;
  readonly writer: string;
  readonly tenantId: string | null;
  readonly settings?: string;
}

/**
 * One round trip: begin, durable commits whatever the server's default is (reliability F19), and the role. Our statements
 * find rows by keys; on a table that has grown faster than its statistics the planner would rather read all of it (seen:
 * 161 ms in place of 1 ms for the reservations of 40 orders), so it is told not to where there is an index.
 */
function beginStatement({ role, settings }: TransactionStart): string {
  const local = 'SET LOCAL synchronous_commit = on; SET LOCAL enable_seqscan = off';
  return `BEGIN; ${local}; SET LOCAL ROLE "${role}"${settings ? `; ${settings}` : ''}`;
}

/** A role's own settings act at login only, so each transaction of the API sets them (security 5.2). */
function apiSettings(tenantId: string | null): string {
  const timeout = `SET LOCAL statement_timeout = '${API_STATEMENT_TIMEOUT}'`;
  return tenantId === null ? timeout : `${timeout}; SELECT set_config('orderkeel.tenant', '${tenantId}', true)`;
}

/** What fails before the work has begun is never the work's fault, whatever the network or the login has to say. */
function unavailable(error: unknown): never {
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
