// `npm run check`: everything that must hold before a commit, without tests (style.md). All steps run, two at a time,
// so that one look shows everything; each that fails says what to do.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (path) => `node_modules/${path}`;

const STEPS = [
  ['types', [bin('typescript/bin/tsc'), '-p', 'tsconfig.json'], 'Correct the types at the places above.'],
  [
    'lint',
    [bin('eslint/bin/eslint.js'), '--max-warnings=0', '.'],
    'Each line above says what to do; `npm run lint:fix` does some of it.',
  ],
  ['format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'], 'Run `npm run format`.'],
  [
    'architecture',
    [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--output-type=err-long', 'apps', 'libs', 'infra', 'test'],
    'An import crosses a boundary: the comment of its rule above says what to do instead.',
  ],
  [
    'unused',
    [bin('knip/bin/knip.js'), '--no-progress'],
    'Use what is listed above, or remove it; nothing is kept for later.',
  ],
  ['generated files', ['tools/generate.mjs', '--check'], 'Run `npm run generate`, read the difference, and commit it.'],
];

if (!existsSync(new URL('../node_modules/typescript', import.meta.url))) {
  console.log('Nothing is installed: run `npm ci` first.');
  process.exit(1);
}
const queue = [...STEPS];
const failed = [];
await Promise.all([work(), work()]);
console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function work() {
  for (let step = queue.shift(); step; step = queue.shift()) {
    const [name, args, advice] = step;
    const started = Date.now();
    const { code, output } = await run(args);
    const seconds = `${((Date.now() - started) / 1000).toFixed(1)} s`;
    if (code === 0) console.log(`${name}: ok (${seconds})`);
    else {
      failed.push(name);
      console.log(`${name}: FAILED (${seconds})\n${output.trimEnd()}\n=> ${name}: ${advice}`);
    }
  }
}

function run(args) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
  });
  const pieces = [];
  child.stdout.on('data', (piece) => pieces.push(piece));
  child.stderr.on('data', (piece) => pieces.push(piece));
  return new Promise((resolve) =>
    child.on('close', (code) => resolve({ code, output: Buffer.concat(pieces).toString() })),
  );
}
