import { executorOf, type OrderkeelModuleDeclaration } from '@orderkeel/platform';
import { RoleNames } from '../../libs/platform/src/database/role-names.js';
import { codes, NOTHING } from './generated-file.js';

const roles = new RoleNames('orderkeel');

/** What a manifest says, as lines of a table: label and value; what it leaves empty is left out. */
export function factsOf(module: OrderkeelModuleDeclaration): [string, string][] {
  const facts: [string, string][] = [
    ['schema', codes([module.schema])],
    ['database role', codes([roles.ofModule(module.name)])],
    ['can be switched off', module.optional ? 'yes' : 'no'],
    ['imports the contracts of', codes(module.dependsOn)],
    ['hears', codes(module.consumes.map(({ name }) => name))],
    ['reads', codes(module.reads)],
    ['publishes', codes(module.publishes.map(({ name }) => name))],
    ['executors', codes(module.executors.map((reaction) => executorOf(reaction).name))],
    ['statuses', codes(module.vocabulary.map(({ code }) => code))],
  ];
  return facts.filter(([, value]) => value !== NOTHING);
}
