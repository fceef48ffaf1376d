import type { AclGroup } from './acl.js';
import { connectorAcls, workerAcls } from './connect-acls.js';
import type { GuardedInstallation, PrincipalOf } from './installation.js';
import { outsideAcls, programAcls } from './program-acls.js';

/** The parts whose principals can be named, beside the modules that have executors. */
const PARTS = ['http', 'topics', 'connect', 'connector', 'outside'];
/** Who reads from outside chooses a group that begins so. */
const OUTSIDE_GROUPS = 'example.';

/** All that is needed, no more: nothing is allowed on the cluster itself. */
export function neededAcls(installation: GuardedInstallation, principalOf: PrincipalOf): AclGroup[] {
  return [
    ...programAcls(installation, principalOf),
    workerAcls(installation, principalOf),
    connectorAcls(installation, principalOf),
    outsideAcls(installation, principalOf, OUTSIDE_GROUPS),
  ];
}

/**
 * Who each part is: as `named`, else `User:<connector>-<part>`; who makes the topics is the order module, which is always on.
 * Throws for a part that does not exist.
 */
export function principals(
  { connector, executors }: GuardedInstallation,
  named: Readonly<Record<string, string>>,
): PrincipalOf {
  const parts = [...PARTS, ...new Set(executors.map(({ module }) => module))];
  const unknown = Object.keys(named).find((part) => !parts.includes(part));
  if (unknown !== undefined) throw new Error(`${unknown} is no part of an installation; there are ${parts.join(', ')}`);
  const principalOf: PrincipalOf = (part) =>
    named[part] ?? (part === 'topics' ? principalOf('order') : `User:${connector}-${part}`);
  return principalOf;
}
