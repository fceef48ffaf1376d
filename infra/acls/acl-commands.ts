import type { Acl, AclGroup } from './acl.js';

const HEAD = [
  '# What each part of this installation must be allowed, made from its contracts. Run it as a principal who may alter ACLs:',
  '#   BROKERS=host:port ADMIN=admin.properties sh, with kafka-acls.sh of Apache Kafka on the path.',
  ': "${BROKERS:?host:port of a broker}" "${ADMIN:?properties file of an administrator}"',
  'allow() { kafka-acls.sh --bootstrap-server "$BROKERS" --command-config "$ADMIN" --add --allow-principal "$@"; }',
];

/** What follows `kafka-acls.sh --add --allow-principal` for one ACL. */
export function aclArguments({ principal, kind, names, operations, prefixed }: Acl): string[] {
  const pattern = prefixed ? ['--resource-pattern-type', 'prefixed'] : [];
  const things = names.flatMap((name) => [`--${kind}`, name]);
  return [principal, ...operations.flatMap((operation) => ['--operation', operation]), ...things, ...pattern];
}

/** A shell script that allows all of it; running it again changes nothing. */
export function aclCommands(groups: readonly AclGroup[]): string {
  const parts = groups.map(({ title, acls }) => [
    '',
    `# ${title}`,
    ...acls.map(
      (acl) =>
        `allow ${aclArguments(acl).map(quoted).join(' ').replaceAll(` --${acl.kind} `, ` \\\n  --${acl.kind} `)}`,
    ),
  ]);
  return [...HEAD, ...parts.flat(), ''].join('\n');
}

/** As the shell takes it literally; a principal may be the whole name in a certificate. */
function quoted(argument: string): string {
  return /^[\w.:/-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
