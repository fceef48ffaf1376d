import { stripVTControlCharacters } from 'node:util';

/** A version as numbers, the most significant first: `17.0.15` is [17, 0, 15]. */
export type Version = readonly number[];

/** Reads what `java -version` prints; before Java 9 the major version stood second (`1.8.0_402`). Null: it is no Java. */
export function javaVersion(output: string): Version | null {
  const version = numbersIn(/version "([\d.]+)/.exec(output)?.[1]);
  return version?.[0] === 1 ? version.slice(1) : version;
}

/** Reads what `mvn --version` prints, in colours or without. Null: it is no Maven. */
export function mavenVersion(output: string): Version | null {
  return numbersIn(/Apache Maven ([\d.]+)/.exec(stripVTControlCharacters(output))?.[1]);
}

/** Whether `version` is `least` or newer; numbers that are left out are zero. */
export function isAtLeast(version: Version, least: Version): boolean {
  for (const [at, wanted] of least.entries()) {
    const found = version[at] ?? 0;
    if (found !== wanted) return found > wanted;
  }
  return true;
}

function numbersIn(text: string | undefined): Version | null {
  return text === undefined ? null : text.split('.').filter(Boolean).map(Number);
}
