import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What dist is made of, and how. */
const SOURCES = ['apps', 'libs'];
const RECIPE = ['.swcrc', 'tools/build/compile.mjs'];

/**
 * A digest of all that decides what dist holds: names and contents, because a checkout, a copy or an unpacked archive
 * changes times at will. About 20 ms for 400 files. Null where the sources are not there (only the compiled program
 * was installed).
 */
export function fingerprintOfSources(root) {
  const hash = createHash('sha256');
  try {
    const files = SOURCES.flatMap((folder) => sourcesUnder(root, folder)).sort();
    for (const file of [...RECIPE, ...files]) {
      const content = readFileSync(join(root, file));
      hash.update(`${file}\0${content.length}\0`).update(content);
    }
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
  return hash.digest('hex');
}

function sourcesUnder(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourcesUnder(root, path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts') ? [path] : [];
  });
}
