// Lets plain node run the TypeScript sources of apps, libs and tools: `node --import ./tools/typescript-hooks.mjs x.ts`,
// or by importing this file first. Compiled by what compiles the product, in memory, so that no build is touched.
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transform } from '@swc/core';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Sources import `./x.js` and mean `./x.ts`. */
export async function resolve(specifier, context, next) {
  const own = specifier.startsWith('.') && context.parentURL?.endsWith('.ts') === true;
  return next(own ? specifier.replace(/\.js$/, '.ts') : specifier, context);
}

/** Aliases are rewritten by .swcrc, as in the build. */
export async function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), { filename, cwd: root, sourceMaps: 'inline' });
  return { format: 'module', source: code, shortCircuit: true };
}

if (isMainThread) register(import.meta.url);
