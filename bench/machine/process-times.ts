import { readdir, readFile } from 'node:fs/promises';

/** Clock ticks of /proc per second; the same on every Linux that is about. */
const TICKS = 100;

interface Entry {
  readonly parent: number;
  /** Seconds, with those of children that have ended. */
  readonly seconds: number;
}

/**
 * CPU seconds that processes have used so far, each with its descendants but without those that are listed themselves, and
 * theirs: a PostgreSQL is not counted with the program that started it. Several processes may have one name.
 */
export async function cpuSeconds(pids: Readonly<Record<string, readonly number[]>>): Promise<Record<string, number>> {
  const entries = await readEntries();
  const nameOf = new Map(Object.entries(pids).flatMap(([name, own]) => own.map((pid) => [pid, name])));
  const seconds = Object.fromEntries(Object.keys(pids).map((name) => [name, 0]));
  for (const [pid, entry] of entries) {
    let at: number | undefined = pid;
    while (at !== undefined && !nameOf.has(at)) at = entries.get(at)?.parent;
    const name = at === undefined ? undefined : nameOf.get(at);
    if (name !== undefined) seconds[name]! += entry.seconds;
  }
  return seconds;
}

async function readEntries(): Promise<Map<number, Entry>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
      return stat === null ? null : ([Number(pid), entryOf(stat)] as const);
    }),
  );
  return new Map(found.filter((each) => each !== null));
}

/** The name of a process stands in brackets and may hold anything; numbers are counted from behind it. */
function entryOf(stat: string): Entry {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15).map(Number);
  return { parent: Number(fields[1]), seconds: (user! + system! + childrenUser! + childrenSystem!) / TICKS };
}

/** CPU seconds that these CPUs have been busy so far, whoever used them; what a host took away counts as busy. */
export async function busySeconds(cpus: readonly number[]): Promise<number> {
  const lines = (await readFile('/proc/stat', 'utf8')).split('\n');
  const busy = cpus.map((cpu) => {
    const [, user, nice, system, , , interrupts, soft, stolen] = lines
      .find((line) => line.startsWith(`cpu${cpu} `))!
      .split(' ')
      .map(Number);
    return user! + nice! + system! + interrupts! + soft! + stolen!;
  });
  return busy.reduce((sum, each) => sum + each, 0) / TICKS;
}
