import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the files lie that break exactly one rule each. */
export const PROBES = fileURLToPath(new URL('probes/', import.meta.url));

/** A probe and the rules that it says it breaks. */
export interface Probe {
  /** Relative to the folder of probes. */
  readonly file: string;
  readonly offends: readonly string[];
  /** The same, for the name of a test. */
  readonly rules: string;
}

/** The probes below a folder; files that do not say what they offend are only there to be imported. */
export function probesIn(folder: string): Probe[] {
  return readdirSync(`${PROBES}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((name) => ({ file: `${folder}/${name}`, offends: offencesOf(`${PROBES}${folder}/${name}`) }))
    .map((probe) => ({ ...probe, rules: probe.offends.join(' and ') }))
    .filter(({ offends }) => offends.length > 0);
}

function offencesOf(file: string): string[] {
  const [, rules] = /^\/\/ Offends: (.+)\n/.exec(readFileSync(file, 'utf8')) ?? [];
  return rules?.split(', ') ?? [];
}

/** What a checker prints as JSON; that it fails is expected of it. */
export function jsonFrom(script: string, args: readonly string[], cwd: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [script, ...args], { cwd, maxBuffer: 1e8 }, (_failed, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout));
      } catch {
        reject(new Error(`${script} gave no JSON: ${stderr}`));
      }
    });
  });
}
