import { readFileSync } from 'node:fs';

/** A section, a requirement or a heading, or two of them with all between. */
const PLACE = String.raw`(?:\d{1,2}(?:\.\d+)?|[A-Z]\d+(?:\.\d+)?[a-z]?)(?:-[A-Z]\d+(?:\.\d+)?)?`;
const NAMED = new RegExp(String.raw`^([a-z][a-z-]*)(?:\.md)? (${PLACE})$`);
const ALONE = new RegExp(String.raw`^(${PLACE})$`);
const HEADING = /^("[A-Z].*")$/;
const NAME = /^([a-z][a-z-]*)(?:\.md)?$/;

/** What a comment refers to; no document where an id stands alone. */
export interface Citation {
  readonly document: string | null;
  readonly place: string;
}

/** The citations in a source file's comments: `(document place, place; document "heading")`. */
export function citationsIn(file: string): Citation[] {
  const comments = readFileSync(file, 'utf8').matchAll(/(?:\/\/|^\s*\*|\/\*\*|^\s*--)(.*)/gm);
  return [...comments].flatMap(([, text = '']) =>
    [...text.matchAll(/\(([^()]+)\)/g)].flatMap(([, list]) => cited(list!)),
  );
}

function cited(list: string): Citation[] {
  const found: Citation[] = [];
  let document: string | null = null;
  for (const part of list.split(/[,;:] | and /)) {
    const [, name, place] = NAMED.exec(part) ?? [];
    document = name ?? NAME.exec(part)?.[1] ?? document;
    const further = place ?? (ALONE.exec(part) ?? (document === null ? null : HEADING.exec(part)))?.[1];
    if (further !== undefined) found.push({ document, place: further });
  }
  return found;
}

/** What `docs/sources.md` explains: places by document, as its tables have them. */
export function explainedIn(page: string): Map<string, string[]> {
  const explained = new Map<string, string[]>();
  for (const [, document, places] of page.matchAll(/^\| ([a-z][a-z-]*) +\| ([^|]+?) +\|/gm)) {
    if (document !== 'document')
      explained.set(document!, [...(explained.get(document!) ?? []), ...places!.split(', ')]);
  }
  return explained;
}

/** Whether a place is one of those, or lies between two of them. */
export function isAmong(places: readonly string[], place: string): boolean {
  const ends = place.split('-');
  return ends.every((end) => places.some((each) => isWithin(each, end)));
}

function isWithin(span: string, place: string): boolean {
  const [from, to = from] = span.split('-');
  if (from === place || to === place || from === to) return from === place || to === place;
  const [family, number] = [place.slice(0, place.lastIndexOf('.')), numberOf(place)];
  return from!.startsWith(`${family}.`) && numberOf(from!) <= number && number <= numberOf(to!);
}

function numberOf(place: string): number {
  return Number(place.slice(place.lastIndexOf('.') + 1));
}
