import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtDeclarations } from '../../apps/server/src/built-modules.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { librariesOnDisk, modulesOnDisk } = (await import(`${root}tools/modules-on-disk.mjs`)) as {
  librariesOnDisk(): string[];
  modulesOnDisk(): { name: string; dependsOn: string[] }[];
};

/** Two aliases for each library, without wildcards: its entry and its contract entry. */
const aliases = Object.fromEntries(
  librariesOnDisk().flatMap((name) => [
    [`@orderkeel/${name}`, [`./libs/${name}/src/index.ts`]],
    [`@orderkeel/${name}/contract`, [`./libs/${name}/src/contract/index.ts`]],
  ]),
);

function json(path: string): Record<string, Record<string, Record<string, unknown>>> {
  return JSON.parse(readFileSync(root + path, 'utf8')) as ReturnType<typeof json>;
}

describe('the folders under libs/', () => {
  it('are the libraries of nest-cli.json', () => {
    const libraries = Object.entries(json('nest-cli.json')['projects'] ?? {}).filter(
      ([, { type }]) => type === 'library',
    );
    expect(libraries.map(([name]) => name).sort()).toEqual(librariesOnDisk());
    for (const [name, { root: folder, sourceRoot }] of libraries) {
      expect([folder, sourceRoot]).toEqual([`libs/${name}`, `libs/${name}/src`]);
    }
  });

  it('are the aliases of the compiler and of the build', () => {
    expect(json('tsconfig.json')['compilerOptions']?.['paths']).toEqual(aliases);
    expect(json('.swcrc')['jsc']?.['paths']).toEqual(aliases);
  });

  it('are what tests resolve the aliases to', async () => {
    const { default: jest } = (await import(`${root}jest.config.mjs`)) as {
      default: { moduleNameMapper: Record<string, string> };
    };
    const resolved = (alias: string) => {
      const [pattern, target] = Object.entries(jest.moduleNameMapper).find(([each]) =>
        new RegExp(each).test(alias),
      ) ?? ['', ''];
      return alias.replace(new RegExp(pattern), target).replace('<rootDir>', '.');
    };
    for (const [alias, [file]] of Object.entries(aliases)) expect(resolved(alias)).toBe(file);
  });

  it('are the modules that the program is built with, the platform aside', () => {
    expect(builtDeclarations.map(({ name }) => name).sort()).toEqual(modulesOnDisk().map(({ name }) => name));
  });

  it('declare the imports that the dependency rules enforce', () => {
    const declared = builtDeclarations.map(({ name, dependsOn }) => ({ name, dependsOn: [...dependsOn] }));
    expect(declared.sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(modulesOnDisk());
  });

  it('form no circle of imports, and stand behind what they import in the list', () => {
    const order = builtDeclarations.map(({ name }) => name);
    for (const { name, dependsOn } of builtDeclarations) {
      for (const other of dependsOn) expect([name, order.indexOf(other) < order.indexOf(name)]).toEqual([name, true]);
    }
  });
});
