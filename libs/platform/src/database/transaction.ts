import type { Clock } from '../time/clock.js';
import type { PooledConnection, StatementResult } from './connection-pool.js';
import type { ModuleTx, Row } from './module-tx.js';
import type { RoleNames } from './role-names.js';

/** As whom a transaction speaks, and whether its connection keeps the plans of its statements. */
export interface Identity {
  readonly role: string;
  readonly module: string;
  readonly writer: string;
  readonly tenantId: string | null;
  readonly keepsPlans: boolean;
}

/** A ModuleTx on one pooled connection; made by `Database` alone. */
export class Transaction implements ModuleTx {
  private readonly hints: (() => void)[];

  constructor(
    private readonly connection: PooledConnection,
    private readonly roles: RoleNames,
    readonly clock: Clock,
    private readonly identity: Identity,
    hints: (() => void)[] = [],
  ) {
    this.hints = hints;
  }

  get module(): string {
    return this.identity.module;
  }

  get writer(): string {
    return this.identity.writer;
  }

  get tenantId(): string | null {
    return this.identity.tenantId;
  }

  async query<R extends object = Row>(sql: string, parameters: readonly unknown[] = []): Promise<R[]> {
    return (await this.run(sql, parameters)).rows as R[];
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    return (await this.run(sql, parameters)).rowCount;
  }

  private run(sql: string, parameters: readonly unknown[]): Promise<StatementResult> {
    const { role, keepsPlans } = this.identity;
    if (!keepsPlans || parameters.length === 0) return this.connection.query(sql, parameters);
    return this.connection.queryPrepared(role, sql, parameters);
  }

  async asModule<T>(module: string, work: (tx: ModuleTx) => Promise<T>): Promise<T> {
    const role = this.roles.ofModule(module);
    await this.connection.query(`SET LOCAL ROLE "${role}"`);
    // When the work throws, the transaction is lost and its role with it.
    const result = await work(
      new Transaction(this.connection, this.roles, this.clock, { ...this.identity, role, module }, this.hints),
    );
    await this.connection.query(`SET LOCAL ROLE "${this.identity.role}"`);
    return result;
  }

  afterCommit(hint: () => void): void {
    this.hints.push(hint);
  }

  /** Gives the hints, once; called behind COMMIT. */
  committed(): void {
    for (const hint of this.hints.splice(0)) hint();
  }
}
