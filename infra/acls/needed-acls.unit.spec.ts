import { describe, expect, it } from '@jest/globals';
import { aclArguments, aclCommands } from './acl-commands.js';
import type { GuardedInstallation } from './installation.js';
import { neededAcls, principals } from './needed-acls.js';

const SHOP: GuardedInstallation = {
  topicPrefix: 'shop',
  topics: ['shop.order.order', 'shop.billing.invoice'],
  executors: [
    { name: 'orderTaker', module: 'order', topic: 'shop.order.intent' },
    { name: 'biller', module: 'billing', topic: 'shop.order.order' },
  ],
  connector: 'shop',
  workerGroup: 'workers',
  workerTopics: { config: 'w_config', offset: 'w_offset', status: 'w_status' },
};

/** What a principal may do, as `operation name`. */
function rightsOf(principal: string, named: Record<string, string> = {}): string[] {
  const acls = neededAcls(SHOP, principals(SHOP, named)).flatMap((group) => group.acls);
  const own = acls.filter((acl) => acl.principal === principal);
  return own.flatMap(({ names, operations, prefixed }) =>
    names.flatMap((name) => operations.map((operation) => `${operation} ${name}${prefixed ? '*' : ''}`)),
  );
}

describe('the ACLs of an installation', () => {
  it('let an executor read its own topic in its own group, and look at the others', () => {
    expect(rightsOf('User:shop-billing')).toEqual([
      'Describe shop.order.order',
      'DescribeConfigs shop.order.order',
      'Describe shop.billing.invoice',
      'DescribeConfigs shop.billing.invoice',
      'Read shop.order.order',
      'Read shop.biller',
    ]);
  });

  it('let nobody write but the connector, and only the order module and the connector make topics', () => {
    const all = neededAcls(SHOP, principals(SHOP, {})).flatMap((group) => group.acls);
    const who = (operation: string) =>
      new Set(
        all
          .filter(
            ({ operations, names }) =>
              operations.some((each) => each === operation) && names.includes('shop.order.order'),
          )
          .map(({ principal }) => principal),
      );
    expect([...who('Write')]).toEqual(['User:shop-connector']);
    expect([...who('Create')]).toEqual(['User:shop-order', 'User:shop-connector']);
  });

  it('are those of whom the user names', () => {
    expect(rightsOf('User:CN=http', { http: 'User:CN=http' })).toHaveLength(4);
    expect(rightsOf('User:maker', { topics: 'User:maker' })).toEqual([
      'Create shop.order.order',
      'Create shop.billing.invoice',
    ]);
    expect(() => principals(SHOP, { htpp: 'User:x' })).toThrow(
      'htpp is no part of an installation; there are http, topics',
    );
  });

  it('are printed as commands that a shell takes as they are meant', () => {
    const acl = {
      principal: "User:CN=O'Neil, OU=x",
      kind: 'group' as const,
      names: ['a', 'b'],
      operations: ['Read' as const],
      prefixed: true,
    };
    expect(aclArguments(acl)).toEqual([
      ...["User:CN=O'Neil, OU=x", '--operation', 'Read', '--group', 'a', '--group', 'b'],
      ...['--resource-pattern-type', 'prefixed'],
    ]);
    const script = aclCommands([{ title: 'billing: bills', acls: [acl] }]);
    expect(script).toContain(
      "# billing: bills\nallow 'User:CN=O'\\''Neil, OU=x' --operation Read \\\n  --group a \\\n  --group b --resource-pattern-type prefixed\n",
    );
  });
});
