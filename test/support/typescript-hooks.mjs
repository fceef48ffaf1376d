// Lets plain node run TypeScript sources, for specs that start a program of their own (and kill it):
//   node --import ./test/support/typescript-hooks.mjs program.ts
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

/** Sources import `./x.js` and mean `./x.ts`. */
export async function resolve(specifier, context, next) {
  const own = specifier.startsWith('.') && context.parentURL?.endsWith('.ts') === true;
  return next(own ? specifier.replace(/\.js$/, '.ts') : specifier, context);
}

/** Types are stripped by the compiler and configuration that build the product. */
export async function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), {
    filename,
    swcrc: false,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
  });
  return { format: 'module', source: code, shortCircuit: true };
}

if (!import.meta.url.includes('hooks-thread')) register(`${import.meta.url}?hooks-thread`);
