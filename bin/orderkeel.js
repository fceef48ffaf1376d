#!/usr/bin/env node
// The command's entry in a clone: compiles when dist does not come from these very sources, so that what is run is never
// what was pulled over; then hands over to the compiled program. Where nothing can be written, what is there runs.
import { accessSync, constants, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fingerprintOfSources } from '../tools/build/fingerprint.mjs';
import { fingerprintOfDist } from '../tools/build/place.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Orderkeel needs Node.js 20.19 or newer, and this is ${process.versions.node}: install a newer one.`);
} else if (!existsSync(`${root}node_modules`)) {
  fail(`The packages are not installed: run "npm ci" in ${root} first.`);
} else {
  await run();
}

async function run() {
  const built = fingerprintOfDist(root);
  const sources = fingerprintOfSources(root);
  if (sources !== null && sources !== built && (built === null || isWritable())) {
    try {
      await import('../tools/build.mjs');
    } catch (error) {
      return fail(
        `The program could not be compiled: ${error.message.split('\n', 1)[0]}. Mend it, or run "npm ci" again.`,
      );
    }
  }
  await import('../dist/apps/cli/src/main.js');
}

function isWritable() {
  try {
    accessSync(root, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
