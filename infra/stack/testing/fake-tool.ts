import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a program in the place of a real one: a shell script that anybody may run. Gives its path. */
export async function fakeTool(path: string, script: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}
