import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { citationsIn, explainedIn, isAmong, type Citation } from './citations.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const explained = explainedIn(readFileSync(`${root}docs/sources.md`, 'utf8'));
const files = ['apps', 'libs', 'test', 'tools'].flatMap((folder) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs)$/.test(name))
    .map((name) => `${folder}/${name}`),
);
const citations = files.flatMap((file) => citationsIn(`${root}${file}`).map((citation) => ({ file, ...citation })));

/** A bare number is a status code or a count; an id of a letter alone belongs to any document. */
function isExplained({ document, place }: Citation): boolean {
  if (document !== null) return isAmong(explained.get(document) ?? [], place);
  return /^\d/.test(place) || [...explained.values()].some((places) => isAmong(places, place));
}

describe('what comments cite', () => {
  it('is explained in docs/sources.md', () => {
    const lost = citations.filter((citation) => !isExplained(citation));
    expect(lost.map(({ file, document, place }) => `${file}: ${document ?? ''} ${place}`)).toEqual([]);
  });

  it('is found in the comments of many files', () => {
    expect(citations.filter(({ document }) => document !== null).length).toBeGreaterThan(200);
  });

  it('is all that docs/sources.md explains', () => {
    const cited = new Set(citations.map(({ document }) => document));
    expect([...explained.keys()].filter((document) => !cited.has(document))).toEqual([]);
  });
});
