/** A kind of thing that Kafka's authorizer guards. */
export type GuardedKind = 'topic' | 'group' | 'transactional-id';

/** What a principal may do to some things in Kafka; whatever no ACL allows is refused. */
export interface Acl {
  /** Kafka's name of who it is, e.g. `User:orderkeel-inventory`. */
  readonly principal: string;
  readonly kind: GuardedKind;
  readonly names: readonly string[];
  /** True: also everything whose name begins so. */
  readonly prefixed: boolean;
  /** Kafka's words; Read and Write bring Describe with them. */
  readonly operations: readonly Operation[];
}

/** What can be allowed, as far as anybody of ours needs it. */
export type Operation = 'Create' | 'Describe' | 'DescribeConfigs' | 'Read' | 'Write';

/** The ACLs of one part of an installation, and what they are for. */
export interface AclGroup {
  readonly title: string;
  readonly acls: readonly Acl[];
}
