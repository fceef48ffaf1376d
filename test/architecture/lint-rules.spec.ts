import { beforeAll, describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { jsonFrom, PROBES, probesIn } from './probes.js';

interface FileReport {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const probes = probesIn('lint');
const broken = new Map<string, string[]>();

beforeAll(async () => {
  const args = ['--no-ignore', '--format', 'json', `${PROBES}lint`];
  const reports = (await jsonFrom(`${root}node_modules/eslint/bin/eslint.js`, args, root)) as FileReport[];
  for (const { filePath, messages } of reports) {
    broken.set(filePath.slice(PROBES.length), [...new Set(messages.map(({ ruleId, message }) => ruleId ?? message))]);
  }
});

describe(`the lint rules: ${probes.length} files refused`, () => {
  it.each(probes)('$rules refuses $file', ({ file, offends }) => {
    expect(broken.get(file)).toEqual(offends);
  });

  it('refuse nothing else', () => {
    const refused = [...broken].filter(([, rules]) => rules.length > 0).map(([file]) => file);
    expect(refused.sort()).toEqual(probes.map(({ file }) => file).sort());
  });
});
