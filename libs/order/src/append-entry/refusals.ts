import { Problem } from '@orderkeel/platform';

const WHY = {
  'namespace-forbidden': 'may not be written from outside',
  'unknown-status-code': 'is not in the vocabulary',
  'closes-nothing': 'is written by closing an entry: POST .../{entryId}/close',
} as const;

/** The word is none that may be appended so. */
export function refusedWord(statusCode: string, reason: keyof typeof WHY): Problem {
  const fault = { pointer: '/statusCode', code: reason, message: WHY[reason] };
  if (reason === 'closes-nothing') return Problem.invalid([fault]);
  return new Problem(reason, `${statusCode} ${fault.message}`, { errors: [fault] });
}

/** The entry claims to be of a time that no clock shows yet. */
export function tooFarAhead(): Problem {
  const message = 'must not be more than 5 minutes ahead';
  return Problem.invalid([{ pointer: '/recordedAt', code: 'too-far-ahead', message }]);
}
