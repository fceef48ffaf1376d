/**
 * The cluster-wide names of one installation. All begin with ORDERKEEL_NAMESPACE, so that two installations may share a
 * server (interfaces 6, security 5.1).
 */
export class RoleNames {
  constructor(readonly namespace: string) {}

  /** Owns schemas and tables; nobody logs in as it. */
  get owner(): string {
    return `${this.namespace}_owner`;
  }

  /** The program's login: NOINHERIT, may take the roles below and nothing more. */
  get app(): string {
    return `${this.namespace}_app`;
  }

  /** The WAL reader's login. */
  get replication(): string {
    return `${this.namespace}_cdc`;
  }

  /** What HTTP reads, confined to one tenant. */
  get api(): string {
    return `${this.namespace}_api`;
  }

  /** The reader and runner: schema cdc only. */
  get platform(): string {
    return `${this.namespace}_platform`;
  }

  /** The role of one module. */
  ofModule(module: string): string {
    return `${this.namespace}_mod_${module.replaceAll('-', '_')}`;
  }
}
