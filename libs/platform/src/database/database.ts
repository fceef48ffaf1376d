import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../time/clock.js';
import { ConnectionPool } from './connection-pool.js';
import { beginStatement, carryOut, unavailable, type TransactionStart } from './carry-out.js';
import { isTransient } from './sqlstate.js';
import type { ModuleTx } from './module-tx.js';
import { RoleNames } from './role-names.js';
import { Transaction, type Identity } from './transaction.js';

/** On whose behalf a command or a read runs. */
export interface Caller {
  /** The caller's tenant; null sees and writes shared rows only. */
  readonly tenantId: string | null;
  /** Who it is, for the record: the authenticated identity, or the request's `actor`. */
  readonly actor: string;
}

/** Where it is said that a hint behind a commit has failed; pino's shape. */
export interface HintLog {
  error(fields: object, message: string): void;
}

const COMMAND_ATTEMPTS = 5;

/** Opens transactions and reads, each under exactly one role of this installation (architecture 7, security 5.1). */
@Injectable()
export class Database {
  constructor(
    private readonly pool: ConnectionPool,
    private readonly roles: RoleNames,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly log?: HintLog,
  ) {}

  /** Reads as the API's role, which sees the caller's tenant and shared rows only; planned for the values at hand. */
  async read<T>({ tenantId }: Pick<Caller, 'tenantId'>, work: (tx: ModuleTx) => Promise<T>): Promise<T> {
    return this.readAsApi({ tenantId, keepsPlans: false }, work);
  }

  /**
   * As `read`, for statements that find by keys, whose plan is the same for all values: they are planned once per
   * connection, which is most of what they cost (a timeline: 240 us of PostgreSQL's processor in place of 830).
   */
  async lookUp<T>({ tenantId }: Pick<Caller, 'tenantId'>, work: (tx: ModuleTx) => Promise<T>): Promise<T> {
    return this.readAsApi({ tenantId, keepsPlans: true }, work);
  }

  /**
   * Runs a command in one transaction under the module's role. Deadlocks and serialization failures are tried again,
   * so the work must have no effect outside the transaction.
   */
  async command<T>(module: string, caller: Caller, work: (tx: ModuleTx) => Promise<T>): Promise<T> {
    const { actor, tenantId } = caller;
    const start = { role: this.roles.ofModule(module), module, writer: actor, tenantId, keepsPlans: true };
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
    return this.transaction(unhurried({ role: this.roles.platform, module: 'platform', writer: 'platform' }), work);
  }

  /**
   * Runs one executor's batch under its module's role; for the reaction runner only (architecture 6). After `limitMs` the
   * server ends it, with 25P04.
   */
  async batch<T>(module: string, executor: string, work: (tx: ModuleTx) => Promise<T>, limitMs?: number): Promise<T> {
    const start = unhurried({ role: this.roles.ofModule(module), module, writer: executor });
    return this.transaction({ ...start, limitMs }, work);
  }

  /**
   * Looks for an executor's work in tables of any length, as `batch`, but planned for the values at hand: the plan that is
   * best for all times is the worst for the last minutes.
   */
  async search<T>(module: string, executor: string, work: (tx: ModuleTx) => Promise<T>): Promise<T> {
    const start = unhurried({ role: this.roles.ofModule(module), module, writer: executor });
    return this.transaction({ ...start, keepsPlans: false }, work);
  }

  /**
   * Connections rest in the API's role, and what only reads needs nothing around it: half the messages of a
   * transaction. A tenant is set for the length of a transaction, so that it cannot stay behind on a connection.
   */
  private async readAsApi<T>(reader: Reader, work: (tx: ModuleTx) => Promise<T>): Promise<T> {
    const start = { role: this.roles.api, module: 'api', writer: 'api', ...reader };
    if (reader.tenantId !== null) return this.transaction(start, work);
    const connection = await this.pool.acquire().catch(unavailable);
    const tx = new Transaction(connection, this.roles, this.clock, start);
    try {
      return await tx.carry(work);
    } finally {
      connection.release();
    }
  }

  private async transaction<T>(start: TransactionStart, work: (tx: ModuleTx) => Promise<T>): Promise<T> {
    const begin = beginStatement(start);
    const connection = await this.pool.acquire().catch(unavailable);
    const tx = new Transaction(connection, this.roles, this.clock, start);
    const result = await carryOut(connection, begin, () => tx.carry(work));
    tx.committed((error) =>
      this.log?.error({ error: String(error) }, 'a hint behind a commit failed; the commit stands'),
    );
    return result;
  }
}

/** Whose tenant is read, and whether the plans are worth keeping. */
type Reader = Pick<Identity, 'tenantId' | 'keepsPlans'>;

/** The start of a transaction of the program's own, which spans tenants. */
function unhurried(identity: Pick<Identity, 'role' | 'module' | 'writer'>): TransactionStart {
  return { ...identity, tenantId: null, keepsPlans: true, unhurried: true };
}
