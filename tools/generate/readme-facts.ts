import { existsSync, readFileSync } from 'node:fs';
import type { OrderkeelModuleDeclaration } from '@orderkeel/platform';
import { table, type GeneratedFile } from './generated-file.js';
import { factsOf } from './module-facts.js';

const BEGIN = '<!-- facts: made by `npm run generate` from the manifest -->';
const END = '<!-- end of facts -->';

/**
 * libs/<module>/README.md with its table of facts; everything outside the markers stays as it is.
 * @throws a message that says what to write when there is no README, or no place for the facts in it
 */
export function readmeWithFacts(root: string, module: OrderkeelModuleDeclaration): GeneratedFile {
  const path = `libs/${module.name}/README.md`;
  const text = existsSync(root + path) ? readFileSync(root + path, 'utf8') : '';
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) {
    const advice = 'say in 10 to 30 lines why the module exists, and put these lines at the end of it';
    throw new Error(`${path} has no place for its facts: ${advice}\n${BEGIN}\n${END}`);
  }
  return { path, content: `${before}${BEGIN}\n\n${table(['', ''], factsOf(module))}\n\n${END}${after}` };
}
