import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { builtDeclarations } from '../../apps/server/src/built-modules.js';
import { asyncApiFile } from './asyncapi-file.js';
import { connectorFile } from './connector-file.js';
import { CONTRACTS_FOLDER, contractSchemas } from './contract-schemas.js';
import type { GeneratedFile } from './generated-file.js';
import { moduleMap } from './module-map.js';
import { readmeWithFacts } from './readme-facts.js';
import { vocabularyPage } from './vocabulary-page.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Writes all generated files; with `checkOnly` names those that differ instead.
 * @returns the exit code: 1 when something differs
 */
export async function generate(checkOnly: boolean): Promise<number> {
  const { files: made, missing } = generatedFiles();
  const files = await Promise.all(made.map(formatted));
  const different = files.filter(
    ({ path, content }) => !existsSync(root + path) || readFileSync(root + path, 'utf8') !== content,
  );
  const stale = staleSchemas(files);
  if (checkOnly)
    for (const path of [...different.map((file) => file.path), ...stale]) say(`${path} is not what the sources say`);
  else write(different, stale);
  for (const advice of missing) say(advice);
  return missing.length > 0 || (checkOnly && different.length + stale.length > 0) ? 1 : 0;
}

/** All that can be made, and what has to be written by hand first. */
function generatedFiles(): { files: GeneratedFile[]; missing: string[] } {
  const files = [
    moduleMap(builtDeclarations),
    vocabularyPage(builtDeclarations),
    ...contractSchemas(builtDeclarations),
    connectorFile(builtDeclarations),
    asyncApiFile(builtDeclarations),
  ];
  const missing: string[] = [];
  for (const module of builtDeclarations) {
    try {
      files.push(readmeWithFacts(root, module));
    } catch (error) {
      missing.push((error as Error).message);
    }
  }
  return { files, missing };
}

/** As `npm run format` would leave it, so that the two never fight. */
async function formatted({ path, content }: GeneratedFile): Promise<GeneratedFile> {
  const options = (await prettier.resolveConfig(root + path)) ?? {};
  return { path, content: await prettier.format(content, { ...options, filepath: path }) };
}

/** Schemas of contracts that nobody publishes any more. */
function staleSchemas(files: readonly GeneratedFile[]): string[] {
  if (!existsSync(root + CONTRACTS_FOLDER)) return [];
  const paths = new Set(files.map(({ path }) => path));
  return readdirSync(root + CONTRACTS_FOLDER)
    .map((name) => `${CONTRACTS_FOLDER}/${name}`)
    .filter((path) => !paths.has(path));
}

function write(files: readonly GeneratedFile[], stale: readonly string[]): void {
  for (const { path, content } of files) {
    mkdirSync(dirname(root + path), { recursive: true });
    writeFileSync(root + path, content);
    say(`wrote ${path}`);
  }
  for (const path of stale) {
    rmSync(root + path);
    say(`removed ${path}`);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
