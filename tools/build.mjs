// Compiles apps and libs to dist/. Others may build or run at the same moment: dist is replaced at once, when all is there.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from './build/compile.mjs';
import { fingerprintOfSources } from './build/fingerprint.mjs';
import { draftFolder, place } from './build/place.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const draft = draftFolder(root);
try {
  mkdirSync(draft);
  // Taken before compiling: a source that changes meanwhile makes dist stale, never wrongly fresh.
  const fingerprint = fingerprintOfSources(root);
  compile(root, draft);
  writeFileSync(join(draft, 'built-from'), fingerprint ?? '');
  await place(root, draft, fingerprint);
} finally {
  rmSync(draft, { recursive: true, force: true });
}
