// `npm test [-- jest arguments]`: builds, runs all specs, and ends with `N passed, N failed`. With --config=FILE others,
// and with several such arguments one suite after the other, summed up. Fails when a test fails, when a spec file cannot be run,
// and when nothing ran: an empty run proves nothing.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

await import('./build.mjs').catch((error) => {
  console.error(`The build failed, see above: ${error.message}`);
  console.log('0 passed, 1 failed');
  process.exit(1);
});
const given = process.argv.slice(2);
const configs = given.filter((arg) => arg.startsWith('--config='));
const others = given.filter((arg) => !configs.includes(arg));
const sum = { passed: 0, failed: 0, skipped: 0 };
let isWhole = true;
let isStopped = false;
for (const config of configs.length > 0 ? configs : ['--config=jest.config.mjs']) {
  const { code, counts } = await runSuite([config, ...others]);
  for (const [outcome, count] of Object.entries(counts)) sum[outcome] += count;
  const isEmpty = counts.passed === 0 && counts.failed === 0;
  if (isEmpty) console.error('No test ran: see whether the given pattern matches a *.spec.ts file.');
  isWhole &&= code === 0 && !isEmpty;
  if (isStopped) break;
}
if (sum.skipped > 0) console.log(`${sum.skipped} skipped`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = isWhole && sum.failed === 0 && sum.passed > 0 ? 0 : 1;

async function runSuite(args) {
  const folder = await mkdtemp(join(tmpdir(), 'orderkeel-test-'));
  const resultFile = join(folder, 'result.json');
  const code = await run([...JEST, '--json', `--outputFile=${resultFile}`, ...args]);
  const counts = await countsOf(resultFile);
  await rm(folder, { recursive: true, force: true });
  return { code, counts };
}

/** Runs node with the terminal's own streams; a signal to us goes on to it, so that it can stop what it started. */
function run(args) {
  // With --json jest writes its report to stderr and the JSON to the file; stdout stays free for the last line.
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => {
      isStopped = true;
      child.kill(signal);
    });
  return new Promise((resolve) => child.on('close', resolve));
}

/** A spec file that could not be run at all counts as one failed test; without a result the run itself has failed. */
async function countsOf(file) {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const result = JSON.parse(text);
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}
