import type { AclGroup } from './acl.js';
import type { GuardedInstallation, PrincipalOf } from './installation.js';
import { allow } from './program-acls.js';

/** What the workers of Kafka Connect need for themselves, whatever connectors they run. */
export function workerAcls({ workerGroup, workerTopics }: GuardedInstallation, principalOf: PrincipalOf): AclGroup {
  const principal = principalOf('connect');
  const { config, offset, status } = workerTopics;
  return {
    title: 'connect: the workers share their work as a group, and keep what they know in topics that they make',
    acls: [
      allow(principal, 'group', [workerGroup], ['Read']),
      allow(principal, 'topic', [config, status], ['Create', 'DescribeConfigs', 'Read', 'Write']),
      // A connector writes its place itself, in the transaction of its records.
      allow(principal, 'topic', [offset], ['Create', 'DescribeConfigs', 'Read']),
      // With exactly-once delivery, the leading worker alone may write to the topic of connectors.
      allow(principal, 'transactional-id', [`connect-cluster-${workerGroup}`], ['Write']),
    ],
  };
}

/** What the connector's own clients need: it writes rows and its place in one transaction. */
export function connectorAcls(installation: GuardedInstallation, principalOf: PrincipalOf): AclGroup {
  const { topicPrefix, topics, connector, workerGroup, workerTopics } = installation;
  const principal = principalOf('connector');
  const own = [`${topicPrefix}.transaction`, `${topicPrefix}.message`, `__debezium-heartbeat.${topicPrefix}`];
  return {
    title: 'connector: writes the changes, and makes topics that nobody has made',
    acls: [
      allow(principal, 'topic', [...topics, ...own], ['Create', 'Write']),
      allow(principal, 'topic', [workerTopics.offset], ['Read', 'Write']),
      allow(principal, 'transactional-id', [`${workerGroup}-${connector}-`], ['Write'], true),
    ],
  };
}
