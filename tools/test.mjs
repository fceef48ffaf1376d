// `npm test [-- jest arguments]`: builds, runs all specs (with --config others), and ends with `N passed, N failed[, N skipped]`.
// Fails when a test fails, when a spec file cannot be run, and when nothing ran: an empty run proves nothing.
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
const folder = await mkdtemp(join(tmpdir(), 'orderkeel-test-'));
const resultFile = join(folder, 'result.json');
const code = await run([...JEST, '--json', `--outputFile=${resultFile}`, ...process.argv.slice(2)]);
const { passed, failed, skipped } = await countsOf(resultFile);
await rm(folder, { recursive: true, force: true });

if (passed === 0 && failed === 0) console.error('No test ran: see whether the given pattern matches a *.spec.ts file.');
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = code === 0 && failed === 0 && passed > 0 ? 0 : 1;

/** Runs node with the terminal's own streams; a signal to us goes on to it, so that it can stop what it started. */
function run(args) {
  // With --json jest writes its report to stderr and the JSON to the file; stdout stays free for the last line.
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
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
