import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const COMPILER = 'node_modules/@swc/cli/bin/swc.js';

/** Compiles apps and libs into a folder with swc. Types are checked by `npm run check`, not here. */
export function compile(root, folder) {
  if (!existsSync(join(root, COMPILER))) throw new Error('the compiler is not installed: run "npm ci" first');
  const what = ['apps', 'libs', '-d', folder, '--ignore', '**/*.spec.ts', '--quiet'];
  // The compiler's own lines would spoil the one JSON value of --json.
  execFileSync(process.execPath, [COMPILER, ...what], { cwd: root, stdio: ['ignore', 2, 2] });
}
