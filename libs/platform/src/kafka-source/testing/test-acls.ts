import kafkajs, { Kafka, logLevel, type AclEntry } from 'kafkajs';

/** What a principal may do to some things, as the documentation of an installation has it. */
export interface TestAcl {
  readonly principal: string;
  readonly kind: 'topic' | 'group' | 'transactional-id';
  readonly names: readonly string[];
  readonly prefixed: boolean;
  readonly operations: readonly string[];
}

/** Allows and forbids, as a super user. */
export interface TestAcls {
  allow(acls: readonly TestAcl[]): Promise<void>;
  /** Takes back what was allowed. */
  forbid(acls: readonly TestAcl[]): Promise<void>;
  close(): Promise<void>;
}

const KINDS = { topic: 'TOPIC', group: 'GROUP', 'transactional-id': 'TRANSACTIONAL_ID' } as const;

/** Connects to a broker at which everybody is a super user. */
export async function testAcls(brokers: string): Promise<TestAcls> {
  const admin = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  return {
    allow: async (acls) => void (await admin.createAcls({ acl: acls.flatMap(entries) })),
    forbid: async (acls) => void (await admin.deleteAcls({ filters: acls.flatMap(entries) })),
    close: () => admin.disconnect(),
  };
}

function entries({ principal, kind, names, prefixed, operations }: TestAcl): AclEntry[] {
  const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;
  return names.flatMap((resourceName) =>
    operations.map((operation) => ({
      principal,
      host: '*',
      operation: AclOperationTypes[wordOf(operation)],
      permissionType: AclPermissionTypes.ALLOW,
      resourceType: AclResourceTypes[KINDS[kind]],
      resourceName,
      resourcePatternType: prefixed ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
    })),
  );
}

/** `DescribeConfigs` is `DESCRIBE_CONFIGS` for kafkajs. */
function wordOf(operation: string) {
  return operation.replace(/\B[A-Z]/g, '_$&').toUpperCase() as keyof typeof kafkajs.AclOperationTypes;
}
