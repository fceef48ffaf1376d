import { CommandFailure } from '../exit/command-failure.js';

/** A parked key as `GET /ops/parked` answers it. */
export interface ParkedAnswer {
  readonly executor: string;
  readonly key: string;
  readonly module: string;
  readonly reason: string;
  readonly errorClass: string;
  readonly attempts: number;
  readonly nextRetryAt: string | null;
  readonly parkedAt: string;
  readonly events: number;
}

/** The route of one parked key, or of what is done with it. */
export function parkedPath(executor: string, key: string, verb?: 'retry' | 'skip'): string {
  const path = `/ops/parked/${encodeURIComponent(executor)}/${encodeURIComponent(key)}`;
  return verb ? `${path}/${verb}` : path;
}

/** Nothing of that name is parked. */
export function notParked(executor: string, key: string): CommandFailure {
  return new CommandFailure('not-there', `${key} of ${executor} is not parked: "npx orderkeel parked" lists what is.`);
}
