import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../../../server/src/index.js';

/** The shipped sample of UCI Online Retail, in the order in which it is imported. */
export async function sampleFiles(): Promise<string[]> {
  const folder = join(packageRoot(), 'samples', 'uci-online-retail');
  const names = await readdir(folder);
  return names
    .filter((name) => /\.csv(\.gz)?$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}
