import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf, folderNotMade } from './start-error.js';

/**
 * Makes a folder and those above it that are missing, and tells whether it had to; `mode` is the last one's. One by one:
 * Node's recursive mkdir never returns where a folder denies that it exists, as /proc does. Throws
 * `folder-not-writable` where nothing can be made, and what the file system says of everything else.
 */
export async function makeFolders(path: string, mode?: number): Promise<boolean> {
  if (await isFolder(path)) return false;
  await makeFolders(dirname(path));
  try {
    await mkdir(path, { mode });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await isFolder(path))) return false;
    throw ['EEXIST', 'ENOENT'].includes(codeOf(error) ?? '') ? folderNotMade(path, error) : error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
