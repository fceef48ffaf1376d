import { chmod, mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Magic number of a file system in memory, from Linux's headers. */
const TMPFS = 0x01021994;

/** Makes an empty folder for an installation, on a disk: in memory nothing is durable, and all figures would flatter. */
export async function makeDataFolder(): Promise<string> {
  const { type } = await statfs(tmpdir());
  if (type === TMPFS) throw new Error(`${tmpdir()} is in memory: let TMPDIR name a folder on a disk`);
  const folder = await mkdtemp(join(tmpdir(), 'orderkeel-bench-'));
  // PostgreSQL does not run as root, and its user must be able to pass through.
  await chmod(folder, 0o711);
  return folder;
}
