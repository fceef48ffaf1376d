import { performance } from 'node:perf_hooks';

/** Where the time comes from; injected, so that tests set it by hand (architecture 11). */
export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** RFC 3339 UTC text with microseconds; later calls never give an earlier or equal text. */
  now(): string;
}

/** Injection token of the clock. */
export const CLOCK = Symbol('Clock');

/** The machine's clock. Microseconds are counted up within a millisecond, so that two calls never tie. */
export class SystemClock implements Clock {
  private lastUs = 0;

  nowMs(): number {
    return Math.floor(performance.timeOrigin + performance.now());
  }

  now(): string {
    const us = Math.floor((performance.timeOrigin + performance.now()) * 1000);
    this.lastUs = us > this.lastUs ? us : this.lastUs + 1;
    return microsecondText(this.lastUs);
  }
}

/** RFC 3339 UTC text with microseconds of an instant given in microseconds since 1970. */
export function microsecondText(us: number): string {
  const iso = new Date(Math.floor(us / 1000)).toISOString();
  return `${iso.slice(0, -1)}${String(us % 1000).padStart(3, '0')}Z`;
}
