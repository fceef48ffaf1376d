import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
 * bound to them too. Throws where one of them is none that this process may use.
 */
export async function pinTo(cpus: readonly number[]): Promise<void> {
  const wanted = [...new Set(cpus)].sort((a, b) => a - b);
  const allowed = allowedCpus();
  if (String(allowed) === String(wanted)) return;
  const missing = wanted.filter((cpu) => !allowed.includes(cpu));
  if (missing.length > 0)
    throw new Error(`--cpus: there is no CPU ${missing.join(', ')} here, but ${allowed.join(', ')}`);
  const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const child = spawn('taskset', ['--cpu-list', wanted.join(','), ...again], { stdio: 'inherit' });
  // The terminal's interrupt reaches it by itself; it cleans up, and then ends.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => void child.kill('SIGTERM'));
  const [code] = (await once(child, 'exit').catch((error: Error) => {
    throw new Error(`--cpus needs taskset (Debian: util-linux): ${error.message}`);
  })) as [number | null];
  process.exit(code ?? 1);
}
