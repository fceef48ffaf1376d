import { performance } from 'node:perf_hooks';

/** Microseconds since 1970 by the machine's clock. */
export function machineNowUs(): number {
  return Math.floor((performance.timeOrigin + performance.now()) * 1000);
}
