import { readdir, readFile } from 'node:fs/promises';

/** A child of a process, by what it calls itself. */
export interface Child {
  readonly pid: number;
  readonly title: string;
}

/** The processes that a process has started and that run yet. */
export async function childrenOf(parent: number): Promise<Child[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      if (Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1]) !== parent) return null;
      const title = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return { pid: Number(pid), title: title.replaceAll('\0', ' ').trim() };
    }),
  );
  return found.filter((each) => each !== null);
}
