import { builtDeclarations, readConfiguration } from '../../apps/server/src/index.js';
import type { AclGroup } from '../../infra/acls/acl.js';
import { neededAcls, principals } from '../../infra/acls/needed-acls.js';
import { readInstallation } from '../../infra/acls/read-installation.js';
import { slotOf } from '../support/flow-connector.js';
import type { MigratedDatabase } from '../support/migrated-database.js';

/** The users of an installation whose parts all have their own. */
export const USERS = ['http', 'order', 'inventory', 'connect', 'connector', 'outside'];

/** The ACLs that are documented, for the topics and the connector of a test's database, and users named as their parts. */
export async function aclsOn(db: MigratedDatabase): Promise<AclGroup[]> {
  const shipped = await readInstallation(readConfiguration({}, builtDeclarations));
  const prefix = slotOf(db);
  const moved = (topic: string) => topic.replace(/^[^.]+/, prefix);
  const here = {
    ...shipped,
    topicPrefix: prefix,
    connector: prefix,
    topics: shipped.topics.map(moved),
    executors: shipped.executors.map((executor) => ({ ...executor, topic: moved(executor.topic) })),
  };
  return neededAcls(here, principals(here, Object.fromEntries(USERS.map((user) => [user, `User:${user}`]))));
}
