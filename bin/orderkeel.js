#!/usr/bin/env node
// The command's entry in a clone: compiles once when dist is missing, then hands over to the compiled program.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const program = new URL('../dist/apps/cli/src/main.js', import.meta.url);
if (!existsSync(fileURLToPath(program))) await import('../tools/build.mjs');
await import(program.href);
