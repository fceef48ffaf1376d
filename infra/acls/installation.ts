/** An executor, by what it reads. */
export interface GuardedExecutor {
  readonly name: string;
  readonly module: string;
  readonly topic: string;
}

/** What of an installation decides who must be allowed what. */
export interface GuardedInstallation {
  readonly topicPrefix: string;
  /** The topics of all contracts. */
  readonly topics: readonly string[];
  readonly executors: readonly GuardedExecutor[];
  /** The connector's name, and the group of the workers that run it. */
  readonly connector: string;
  readonly workerGroup: string;
  /** Where the workers keep connectors, offsets and statuses. */
  readonly workerTopics: { readonly config: string; readonly offset: string; readonly status: string };
}

/** Who each part is in Kafka: `http`, `topics`, `connect`, `connector`, `outside`, or the name of a module. */
export type PrincipalOf = (part: string) => string;
