import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fakeTool } from '../testing/fake-tool.js';
import { findJava } from './find-java.js';

describe('the search for Java', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'orderkeel-java-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it("gives JAVA_HOME's when it is new enough", async () => {
    const java = await fakeTool(join(home, 'bin/java'), `echo 'openjdk version "21.0.5" 2024-10-15' >&2`);
    expect(await findJava(home)).toBe(java);
  });

  it('says which Java is too old, and how to get another', async () => {
    await fakeTool(join(home, 'bin/java'), `echo 'openjdk version "11.0.25" 2024-10-15' >&2`);
    await expect(findJava(home)).rejects.toMatchObject({
      code: 'java-too-old',
      message: expect.stringMatching(/need Java 17 or newer, and .*bin\/java is 11\.0\.25\. Install one/),
    });
  });

  it('says where there is none, and how to get one', async () => {
    await expect(findJava(home)).rejects.toMatchObject({
      code: 'java-missing',
      message: expect.stringContaining(`there is none in ${home}, which JAVA_HOME names. Install one`),
    });
  });
});
