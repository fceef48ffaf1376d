import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './configuration/package-root.js';

/** The program's version, from package.json. */
export function version(): string {
  const { version: text } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
    version: string;
  };
  return text;
}
