import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { error, found, warning, well, type Look } from './look.js';

const GIB = 1024 ** 3;
/** WAL may grow to 3 GB before slots are cut off; below this the server stops soon. */
const ENOUGH_BYTES = 2 * GIB;

/** The folder that really holds the data: writable, and with room. */
export async function lookAtFolder(folder: string): Promise<Look> {
  const writable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!writable)
    return found('data folder', folder, error(`You may not write ${folder}: run this as the user who runs Orderkeel.`));
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const says = `${folder}, ${(free / GIB).toFixed(1)} GiB free`;
  if (free >= ENOUGH_BYTES) return well('data folder', says);
  return found('data folder', says, warning(`Little room is left on the disk of ${folder}: free some space.`));
}
