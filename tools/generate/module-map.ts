import type { OrderkeelModuleDeclaration } from '@orderkeel/platform';
import { codes, GENERATED, table, type GeneratedFile } from './generated-file.js';
import { factsOf } from './module-facts.js';

/** docs/modules.md: which modules exist, why, and what ties them together. */
export function moduleMap(modules: readonly OrderkeelModuleDeclaration[]): GeneratedFile {
  const sections = modules.map((module) => {
    const facts = factsOf(module).map(([label, value]) => `- ${label}: ${value}`);
    return `## ${module.name}\n\n${module.purpose} See [its README](../libs/${module.name}/README.md).\n\n${facts.join('\n')}`;
  });
  return {
    path: 'docs/modules.md',
    content: [GENERATED, '', HEAD, '', overview(modules), '', sections.join('\n\n'), ''].join('\n'),
  };
}

const HEAD = `# Modules

A module imports others only through their contract entry and hears their tables through change events. What it may
import, hear and read is declared in its manifest (\`libs/<name>/src/<name>.module.ts\`), and the same declaration makes the
dependency rules, the database role with its grants, the consumer groups and this page. The database roles carry the
installation's namespace, here \`orderkeel\`.`;

function overview(modules: readonly OrderkeelModuleDeclaration[]): string {
  return table(
    ['module', 'imports', 'hears', 'publishes'],
    modules.map(({ name, dependsOn, consumes, publishes }) => [
      `[${name}](#${name})`,
      codes(dependsOn),
      codes(consumes.map((contract) => contract.name)),
      codes(publishes.map((contract) => contract.name)),
    ]),
  );
}
