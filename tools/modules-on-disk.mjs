// The modules as the folders say, and what their manifests declare to depend on. Read as text, because the guards that
// use it must work before anything compiles; a spec compares it with the manifests themselves.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Folder names under libs/, the platform included. */
export function librariesOnDisk() {
  return readdirSync(`${root}libs`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Modules: libraries other than the platform, with the modules whose contract entry each may import. */
export function modulesOnDisk() {
  return librariesOnDisk()
    .filter((name) => name !== 'platform')
    .map((name) => ({ name, dependsOn: dependsOn(name) }));
}

function dependsOn(name) {
  const file = `${root}libs/${name}/src/${name}.module.ts`;
  if (!existsSync(file)) return [];
  const list = /\bdependsOn:\s*\[([^\]]*)\]/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  return [...list.matchAll(/'([^']+)'/g)].map((match) => match[1]);
}
