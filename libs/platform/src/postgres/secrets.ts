import { randomBytes, randomUUID } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './start-error.js';

/**
 * Passwords that this installation made for itself, by name, kept in `secrets.json` of the data folder (mode 0600).
 * Names that are missing get 32 random bytes, safe in a URL as they stand; what is there never changes. Only the program
 * that holds the folder's lock may call it.
 */
export async function readOrCreateSecrets<Name extends string>(
  dataDir: string,
  names: readonly Name[],
): Promise<Record<Name, string>> {
  const path = join(dataDir, 'secrets.json');
  const known = await readSecrets(dataDir);
  const missing = names.filter((name) => known[name] === undefined);
  for (const name of missing) known[name] = randomBytes(32).toString('base64url');
  // Durable before it is used: a password that a crash forgets locks everybody out of the data.
  if (missing.length > 0) await replaceDurably(path, `${JSON.stringify(known, null, 2)}\n`);
  return known;
}

/** The passwords of an installation, as they are now; empty where none were made yet. Anybody may call it who may read them. */
export async function readSecrets(dataDir: string): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as Record<string, string>;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {};
    throw error;
  }
}

async function replaceDurably(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
