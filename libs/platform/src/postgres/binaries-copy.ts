import { chmod, cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { codeOf } from './start-error.js';

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * Makes the links between library names that npm packages cannot hold and an install script makes (`npm ci
 * --ignore-scripts` leaves them out). False when one is missing and the folder cannot be written.
 */
export async function restoreSymlinks(native: string): Promise<boolean> {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as Link[];
  try {
    for (const { source, target } of links) await linkOnce(basename(source), join(native, '..', target));
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '')) return false;
    throw error;
  }
}

/**
 * Copies what a server needs of `native` (no headers, no static libraries: 58 of 60 MB) beside the data, once per package
 * version, and gives the copy's folder. Copies of other versions are removed.
 */
export async function copyBinaries(native: string, serverFolder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const copies = join(serverFolder, 'binaries');
  const [copy, draft] = [join(copies, version), join(copies, `${version}.part`)];
  if (await exists(copy)) return join(copy, 'native');
  await rm(copies, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  for (const folder of [copies, draft]) await chmod(folder, 0o755);
  await cp(native, join(draft, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !/\.a$|\/include$|\/pgxs$|\/pkgconfig$/.test(source),
  });
  await restoreSymlinks(join(draft, 'native'));
  // Renamed when complete, so that a copy that was cut is never taken for one.
  await rename(draft, copy);
  return join(copy, 'native');
}

async function linkOnce(source: string, target: string): Promise<void> {
  if (await exists(target)) return;
  try {
    await symlink(source, target);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
