import type { Clock } from '../time/clock.js';
import type { PooledConnection, StatementResult } from './connection-pool.js';
import type { ModuleTx, Row } from './module-tx.js';
import type { RoleNames } from './role-names.js';
import { refuseSessionCommand } from './session-commands.js';

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
  private readonly hints: (() => void)[] = [];
  private ended = false;
  /** Another module's work is under way in it, and what is sent now would run under that module's role. */
  private lent = false;

  constructor(
    private readonly connection: PooledConnection,
    private readonly roles: RoleNames,
    readonly clock: Clock,
    private readonly identity: Identity,
    /** The transaction that this one is a part of, under another role. */
    private readonly whole?: Transaction,
  ) {}

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
    return (await this.run(sql, parameters, this.identity.keepsPlans)).rows as R[];
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    // Without parameters it may be a command, which has no plan, or several.
    const { rowCount } = await this.run(sql, parameters, this.identity.keepsPlans && parameters.length > 0);
    return rowCount;
  }

  private run(sql: string, parameters: readonly unknown[], keepsPlan: boolean): Promise<StatementResult> {
    this.refuseWhenEnded();
    this.refuseWhenLent();
    refuseSessionCommand(sql);
    if (!keepsPlan) return this.connection.query(sql, parameters);
    return this.connection.queryPrepared(this.identity.role, sql, parameters);
  }

  async asModule<T>(module: string, work: (tx: ModuleTx) => Promise<T>): Promise<T> {
    this.refuseWhenEnded();
    this.refuseWhenLent();
    const role = this.roles.ofModule(module);
    this.lent = true;
    try {
      await this.connection.query(`SET LOCAL ROLE "${role}"`);
      const part = new Transaction(this.connection, this.roles, this.clock, { ...this.identity, role, module }, this);
      // When the work throws, the transaction or its savepoint is lost, and the role with it.
      const result = await part.carry(work);
      this.refuseWhenEnded();
      await this.connection.query(`SET LOCAL ROLE "${this.identity.role}"`);
      return result;
    } finally {
      this.lent = false;
    }
  }

  afterCommit(hint: () => void): void {
    if (this.whole) this.whole.afterCommit(hint);
    else this.hints.push(hint);
  }

  /** Lets the work speak until it is done: what it says later would be said in the next transaction of the connection. */
  async carry<T>(work: (tx: ModuleTx) => Promise<T>): Promise<T> {
    try {
      return await work(this);
    } finally {
      this.ended = true;
    }
  }

  /** Gives the hints, once; called behind COMMIT, which a hint that fails must not make look undone. */
  committed(failed: (error: unknown) => void): void {
    for (const hint of this.hints.splice(0)) {
      try {
        hint();
      } catch (error) {
        failed(error);
      }
    }
  }

  private refuseWhenEnded(): void {
    this.whole?.refuseWhenEnded();
    if (this.ended) throw this.misused('transaction-ended', 'after its end');
  }

  private refuseWhenLent(): void {
    if (this.lent) throw this.misused('transaction-lent', "while another module's work is under way in it");
  }

  private misused(code: string, when: string): Error {
    const { module, writer } = this.identity;
    const message = `a transaction of ${writer} in ${module} was used ${when}: await all that it is given to`;
    return Object.assign(new Error(message), { code, retriable: false });
  }
}
