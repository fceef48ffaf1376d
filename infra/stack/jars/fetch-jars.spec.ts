import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fakeTool } from '../testing/fake-tool.js';
import { fetchJars, forgetOtherJars } from './fetch-jars.js';

const VERSION = `if [ "$1" = --version ]; then echo 'Apache Maven 3.8.7'; exit 0; fi`;
const OFFLINE = 'for arg; do [ "$arg" = -o ] && offline=yes; done';
/** Makes what Maven would have made. */
const COPY = `for arg; do case "$arg" in -Dstack.dir=*) mkdir -p "\${arg#-Dstack.dir=}/kafka";; esac; done`;

describe('what the stack runs', () => {
  let folder: string;
  let said: string[];
  const fetchWith = async (...script: string[]) => {
    const maven = await fakeTool(join(folder, 'mvn'), [`echo "$*" >> ${join(folder, 'calls')}`, ...script].join('\n'));
    return fetchJars(join(folder, 'jars'), (line) => said.push(line), maven);
  };
  const calls = async () => (await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n').length;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'orderkeel-jars-'));
    said = [];
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is copied once from what Maven has, without a word', async () => {
    const first = await fetchWith(VERSION, COPY);
    expect([said, await calls()]).toEqual([[], 2]);
    expect(await readdir(join(folder, 'jars'))).toHaveLength(1);
    expect(await fetchWith(VERSION, COPY)).toEqual(first);
    expect(await calls()).toBe(2);
  });

  it('is fetched from Maven Central when Maven has it not', async () => {
    await fetchWith(VERSION, OFFLINE, '[ "$offline" = yes ] && exit 1', COPY);
    expect([said, await calls()]).toEqual([['Fetching Kafka and Debezium from Maven Central (60 MB, once)'], 3]);
  });

  it('is not there when the download fails, and the reason is said with what to look at', async () => {
    const complaint = `echo '[ERROR] Could not transfer artifact x from central: Connection refused'; echo '[ERROR] '; exit 1`;
    await expect(fetchWith(VERSION, complaint)).rejects.toMatchObject({
      code: 'download-failed',
      retriable: true,
      message: expect.stringMatching(/: Could not transfer artifact x from central: Connection refused\nLook whether/),
    });
    expect((await readdir(join(folder, 'jars'))).filter((name) => !name.endsWith('.part'))).toEqual([]);
    await fetchWith(VERSION, COPY);
  });

  it('needs a Maven that is new enough', async () => {
    const refused = async (script: string) =>
      fetchWith(script).then(
        () => null,
        (error: unknown) => error,
      );
    expect(await refused(`echo 'Apache Maven 3.3.9'`)).toMatchObject({ code: 'maven-too-old' });
    expect(await refused('exit 127')).toMatchObject({ code: 'maven-missing' });
    expect(await refused(`echo 'Apache Maven 3.3.9'`)).toMatchObject({
      message: expect.stringContaining('Maven 3.6.3 or newer, and this is 3.3.9. Install it'),
    });
  });

  it('is alone when the programs of other versions have ended', async () => {
    const jars = await fetchWith(VERSION, COPY);
    await mkdir(join(folder, 'jars', 'older'));
    await forgetOtherJars(jars);
    expect(await readdir(join(folder, 'jars'))).toEqual([jars.folder.split('/').at(-1)]);
  });
});
