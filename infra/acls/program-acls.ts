import type { Acl, AclGroup, GuardedKind, Operation } from './acl.js';
import type { GuardedExecutor, GuardedInstallation, PrincipalOf } from './installation.js';

/** What Orderkeel's own processes need: each of them, each executor, and who makes the topics. */
export function programAcls(installation: GuardedInstallation, principalOf: PrincipalOf): AclGroup[] {
  const { topics, executors, topicPrefix } = installation;
  const modules = [...new Set(executors.map(({ module }) => module))];
  const looking = ['http', ...modules].map((part) => ({
    title: `${part}: looks whether the topics are as they must be, and how far everybody has come`,
    acls: [allow(principalOf(part), 'topic', topics, ['Describe', 'DescribeConfigs'])],
  }));
  const making = {
    title: 'topics: makes those that are missing, as a process that looks as well; the others wait for it',
    acls: [allow(principalOf('topics'), 'topic', topics, ['Create'])],
  };
  return [...looking, making, ...executors.map((executor) => executorAcls(executor, topicPrefix, principalOf))];
}

function executorAcls({ name, module, topic }: GuardedExecutor, topicPrefix: string, principalOf: PrincipalOf) {
  const principal = principalOf(module);
  return {
    title: `${name} of ${module}: reads its topic, as a member of its group`,
    acls: [
      allow(principal, 'topic', [topic], ['Read']),
      allow(principal, 'group', [`${topicPrefix}.${name}`], ['Read']),
    ],
  };
}

/** What an outside consumer needs that reads all topics in groups whose names begin with `<outside>.`. */
export function outsideAcls({ topics }: GuardedInstallation, principalOf: PrincipalOf, groups: string): AclGroup {
  const principal = principalOf('outside');
  return {
    title: `outside: reads the topics, in any group ${groups}...; leave out the topics that are none of its business`,
    acls: [allow(principal, 'topic', topics, ['Read']), allow(principal, 'group', [groups], ['Read'], true)],
  };
}

/** One ACL. */
export function allow(
  principal: string,
  kind: GuardedKind,
  names: readonly string[],
  operations: readonly Operation[],
  prefixed = false,
): Acl {
  return { principal, kind, names, operations, prefixed };
}
