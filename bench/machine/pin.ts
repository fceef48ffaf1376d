import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The CPUs that this process, and all that it starts, may use, by number. */
export function allowedCpus(): number[] {
  const [, list] = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync('/proc/self/status', 'utf8'))!;
  return list!.split(',').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number);
    return Array.from({ length: last! - first! + 1 }, (_, nth) => first! + nth);
  });
}

/**
 * Starts this program once more on these CPUs alone, unless it is there already, and ends with it. All that it starts is
 * bound to them too.
 */
export function pinTo(cpus: readonly number[]): void {
  const wanted = [...new Set(cpus)].sort((a, b) => a - b);
  if (String(allowedCpus()) === String(wanted)) return;
  const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const { status, error } = spawnSync('taskset', ['--cpu-list', wanted.join(','), ...again], { stdio: 'inherit' });
  if (error) throw new Error(`--cpus needs taskset (Debian: util-linux): ${error.message}`);
  process.exit(status ?? 1);
}
