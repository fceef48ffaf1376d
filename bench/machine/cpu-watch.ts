import { allowedCpus } from './pin.js';
import { busySeconds, cpuSeconds } from './process-times.js';

/** More than this share of the CPUs used by others, and a run is marked as disturbed. */
const DISTURBED_FROM = 0.05;

/** What a stretch of time took. */
export interface CpuUse {
  readonly wallSeconds: number;
  /** By process: `server`, `postgres`, `broker`, `connect`, `generator`, `bench`. */
  readonly cpuSeconds: Readonly<Record<string, number>>;
  /** Share of our CPUs' time that went to anything else on the machine, 0 to 1. */
  readonly foreignShare: number;
  /** Others used so much that the figure says little. */
  readonly disturbed: boolean;
}

/**
 * Begins to count; the returned function says what was used since.
 * @param processes by name; this one is added, as `bench`
 * @param looking processes that work for the bench's own looks, which are counted with it
 */
export async function watchCpu(
  processes: Readonly<Record<string, number>>,
  looking: readonly number[] = [],
): Promise<() => Promise<CpuUse>> {
  const single = Object.entries(processes).map(([name, pid]) => [name, [pid]] as const);
  const pids = { ...Object.fromEntries(single), bench: [process.pid, ...looking] };
  const cpus = allowedCpus();
  const look = async () => {
    const [own, busy] = await Promise.all([cpuSeconds(pids), busySeconds(cpus)]);
    return { own, busy, atMs: performance.now() };
  };
  const before = await look();
  return async () => {
    const after = await look();
    const wallSeconds = (after.atMs - before.atMs) / 1000;
    const used = Object.keys(pids).map((name) => [name, after.own[name]! - before.own[name]!] as const);
    const ours = used.reduce((sum, [, seconds]) => sum + seconds, 0);
    const foreignShare = Math.max(0, after.busy - before.busy - ours) / (wallSeconds * cpus.length);
    return {
      wallSeconds,
      cpuSeconds: Object.fromEntries(used),
      foreignShare,
      disturbed: foreignShare > DISTURBED_FROM,
    };
  };
}
