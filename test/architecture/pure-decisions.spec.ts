import { describe, expect, it } from '@jest/globals';
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import { jsonFrom, PROBES } from './probes.js';

interface Cruise {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string; readonly dependencyTypes: readonly string[] }[];
  }[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const IMPURE = new RegExp(
  `^(node:)?(${builtinModules.join('|')})$|node_modules/(?!(@types/)?(big\\.js|zod)/)|\\.(store|reaction|controller|module|migration)\\.ts$`,
);

/** What each decision reaches through everything that it imports, types left out: pairs of decision and what is impure. */
async function impureReach(folder: string): Promise<string[][]> {
  const args = ['--config', `${root}.dependency-cruiser.mjs`, '--output-type', 'json', 'apps', 'libs'];
  const script = `${root}node_modules/dependency-cruiser/bin/dependency-cruise.mjs`;
  const { modules } = (await jsonFrom(script, args, folder)) as Cruise;
  const imports = new Map(
    modules.map(({ source, dependencies }) => {
      const atRunTime = dependencies.filter(({ dependencyTypes }) => !dependencyTypes.includes('type-only'));
      return [source, atRunTime.map(({ resolved }) => resolved)];
    }),
  );
  const decisions = [...imports.keys()].filter((source) => source.endsWith('.decide.ts'));
  return decisions.flatMap((decision) =>
    reachedFrom(decision, imports)
      .filter((file) => IMPURE.test(file))
      .map((file) => [decision, file]),
  );
}

function reachedFrom(start: string, imports: ReadonlyMap<string, readonly string[]>): string[] {
  const reached = new Set([start]);
  for (const file of reached) for (const next of IMPURE.test(file) ? [] : (imports.get(file) ?? [])) reached.add(next);
  return [...reached];
}

describe('a decision, through everything that it imports', () => {
  it('does no I/O, asks no clock and throws no dice', async () => {
    expect(await impureReach(root)).toEqual([]);
  });

  it('would be caught if it did, also behind a file that looks innocent', async () => {
    expect(await impureReach(PROBES)).toContainEqual(['libs/inventory/src/lends.decide.ts', 'crypto']);
  });
});
