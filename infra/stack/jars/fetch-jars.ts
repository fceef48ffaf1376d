import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTool } from '../java/run-tool.js';
import { StackError } from '../stack-error.js';
import { findMaven } from './find-maven.js';

const POM = fileURLToPath(new URL('../pom.xml', import.meta.url));

/** Where the programs of the stack lie. */
export interface Jars {
  readonly folder: string;
  /** As `java -cp` wants it: broker, tools and Connect. */
  readonly classpath: string;
  /** Folder of Connect's plugins: Debezium. */
  readonly pluginFolder: string;
}

/**
 * The programs of the pom, fetched into a folder of their own unless they are there: another pom gets another folder, since
 * running programs still load from the old one. Throws `maven-missing`, `maven-too-old` or `download-failed`.
 */
export async function fetchJars(jarsFolder: string, say: (line: string) => void, maven?: string): Promise<Jars> {
  const folder = join(jarsFolder, await nameOfPom());
  if (!(await exists(folder))) {
    const draft = `${folder}.part`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    await runMaven(draft, say, await findMaven(maven));
    // Renamed when complete, so that what was cut is never taken for it.
    await rename(draft, folder);
  }
  return { folder, classpath: join(folder, 'kafka', '*'), pluginFolder: join(folder, 'plugins') };
}

/** Removes the programs of other poms; none of them may be running any more. */
export async function forgetOtherJars(jars: Jars): Promise<void> {
  const all = join(jars.folder, '..');
  for (const name of await readdir(all)) {
    if (join(all, name) !== jars.folder) await rm(join(all, name), { recursive: true, force: true });
  }
}

async function nameOfPom(): Promise<string> {
  const digest = createHash('sha256').update(await readFile(POM));
  return digest.digest('hex').slice(0, 12);
}

/** What was fetched before for another data folder is copied without asking anybody, which is quicker and needs no network. */
async function runMaven(draft: string, say: (line: string) => void, maven: string): Promise<void> {
  const args = ['-B', '-ntp', '-q', '-f', POM, `-Dstack.dir=${draft}`, 'package'];
  if ((await runTool(maven, ['-o', ...args])).code === 0) return;
  say('Fetching Kafka and Debezium from Maven Central (60 MB, once)');
  const { code, output } = await runTool(maven, args);
  if (code === 0) return;
  throw new StackError('download-failed', `Maven could not fetch Kafka and Debezium: ${reasonIn(output)}\n${ADVICE}`);
}

const ADVICE =
  'Look whether this machine reaches Maven Central, or whether ~/.m2/settings.xml should name a proxy or a mirror; ' +
  'then run this again: it goes on where it was.';

/** Maven's first complaint; the others are its advice how to read Maven's complaints. */
function reasonIn(output: string): string {
  const complaint = output.split('\n').find((line) => line.includes('ERROR') && !/ERROR\]?\s*$/.test(line));
  return (complaint ?? output.trim().split('\n').at(-1) ?? '').replace(/^.*?ERROR\]?\s*/, '').slice(0, 600);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
