import { beforeAll, describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { jsonFrom, PROBES, probesIn } from './probes.js';

interface Configuration {
  readonly forbidden: readonly { readonly name: string; readonly comment: string; readonly severity: string }[];
}

interface Cruise {
  readonly summary: { readonly violations: { readonly from: string; readonly rule: { readonly name: string } }[] };
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const { default: configuration } = (await import(`${root}.dependency-cruiser.mjs`)) as { default: Configuration };
const probes = [...probesIn('apps'), ...probesIn('libs'), ...probesIn('infra')];
const broken = new Map<string, string[]>();

beforeAll(async () => {
  const args = ['--config', `${root}.dependency-cruiser.mjs`, '--output-type', 'json', 'apps', 'libs', 'infra', 'test'];
  const script = `${root}node_modules/dependency-cruiser/bin/dependency-cruise.mjs`;
  const { summary } = (await jsonFrom(script, args, PROBES)) as Cruise;
  for (const { from, rule } of summary.violations) broken.set(from, [...(broken.get(from) ?? []), rule.name]);
});

describe(`the dependency rules: ${probes.length} files refused`, () => {
  it.each(probes)('$rules refuses $file', ({ file, offends }) => {
    expect(broken.get(file)?.sort()).toEqual([...offends].sort());
  });

  it('refuse nothing else', () => {
    expect([...broken.keys()].sort()).toEqual(probes.map(({ file }) => file).sort());
  });

  it('have all been seen to refuse something', () => {
    // One rule per module comes from its manifest; that rule is written once, so one probe is evidence for all.
    const family = (name: string) => name.replace(/^.*-imports-what-it-declares$/, '*-imports-what-it-declares');
    const seen = new Set(probes.flatMap(({ offends }) => offends.map(family)));
    expect(configuration.forbidden.map(({ name }) => family(name)).filter((name) => !seen.has(name))).toEqual([]);
  });

  it('are errors that say what to do instead', () => {
    for (const { severity, comment } of configuration.forbidden) {
      expect(severity).toBe('error');
      expect(comment.length).toBeGreaterThan(60);
    }
  });
});
