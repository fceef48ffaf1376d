import type { OrderkeelModuleDeclaration } from '@orderkeel/platform';
import { domainWords } from './domain-words.js';
import { GENERATED, table, type GeneratedFile } from './generated-file.js';

/** docs/vocabulary.md: the statuses that each module may append, and the words of the domain. */
export function vocabularyPage(modules: readonly OrderkeelModuleDeclaration[]): GeneratedFile {
  const statuses = modules
    .filter(({ vocabulary }) => vocabulary.length > 0)
    .map(({ name, vocabulary }) => {
      const rows = vocabulary.map(({ code, meaning, payload, category = '–', severity = '–' }) => {
        return [`\`${code}\``, meaning, payload, category, severity];
      });
      return `### ${name}\n\n${table(['status', 'meaning', 'payload', 'category', 'severity'], rows)}`;
    });
  const words = Object.entries(domainWords).map(
    ([group, meanings]) => `### ${group}\n\n${table(['word', 'meaning'], Object.entries(meanings))}`,
  );
  const parts = [GENERATED, '# Vocabulary', '## Statuses', STATUSES, ...statuses, '## Words', WORDS, ...words];
  return { path: 'docs/vocabulary.md', content: `${parts.join('\n\n')}\n` };
}

const STATUSES = `A status is \`namespace:word\`. The database lets each module append the words of its own namespaces and no
others. Category and severity are those an entry has unless its writer says otherwise.`;

const WORDS = 'One word per idea, in code, tables, routes and pages alike.';
