import { Problem } from '@orderkeel/platform';

/** The location is not known: a field at fault. */
export function unknownLocation(): Problem {
  const message = 'is not a known location';
  return Problem.invalid([{ pointer: '/location', code: 'unknown-location', message }]);
}

/** The idempotency key stands for other content already (interfaces 3). */
export function keyReused(key: string | null): Problem {
  return new Problem('idempotency-key-reused', `The idempotency key ${key ?? ''} was used for other content`);
}
