import { readFile } from 'node:fs/promises';

/** How often a process has gone to sleep so far, by its main thread: an idle loop that polls shows here before it shows as CPU. */
export async function sleepsOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^voluntary_ctxt_switches:\s+(\d+)$/m.exec(status)![1]);
}
