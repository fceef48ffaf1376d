import type { z } from 'zod';
import type { JsonPath } from './json-pointer.js';

type Issue = z.core.$ZodIssue;

/** A field at fault before it is known whether body or query it belongs to. */
export interface Fault {
  readonly path: JsonPath;
  readonly code: string;
  readonly message: string;
}

/** What a zod issue says, in the codes of the interface: one fault per unknown field, unions by their likeliest member. */
export function faultsOf(issue: Issue, input: unknown, base: JsonPath = []): Fault[] {
  const path = [...base, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        code: 'unknown-field',
        message: 'is not a known field',
      }));
    case 'invalid_union':
      return unionFaults(issue, input, path);
    default:
      return [{ path, ...described(issue, isAbsent(input, path)) }];
  }
}

function described(issue: Issue, absent: boolean): { code: string; message: string } {
  if (absent) return { code: 'required', message: 'is required' };
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int'
        ? { code: 'not-an-integer', message: 'must be an integer' }
        : { code: 'wrong-type', message: `must be of type ${issue.expected}` };
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_value':
      return { code: 'not-allowed', message: `must be one of ${issue.values.map(String).join(', ')}` };
    case 'invalid_format':
      return { code: 'invalid-format', message: issue.message };
    case 'custom':
      return { code: String(issue.params?.['code'] ?? 'invalid-value'), message: issue.message };
    default:
      return { code: 'invalid-value', message: issue.message };
  }
}

function tooSmall({ origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): { code: string; message: string } {
  if (origin === 'string')
    return minimum === 1
      ? { code: 'empty', message: 'must not be empty' }
      : { code: 'too-short', message: `must have at least ${minimum} characters` };
  if (origin === 'array' || origin === 'set' || origin === 'map')
    return { code: 'too-few', message: `must have at least ${minimum} items` };
  if (minimum === 0 && !inclusive) return { code: 'not-positive', message: 'must be greater than 0' };
  if (minimum === 0) return { code: 'negative', message: 'must not be negative' };
  return { code: 'too-small', message: `must be ${inclusive ? 'at least' : 'greater than'} ${minimum}` };
}

function tooBig({ origin, maximum, inclusive }: z.core.$ZodIssueTooBig): { code: string; message: string } {
  if (origin === 'string') return { code: 'too-long', message: `must have at most ${maximum} characters` };
  if (origin === 'array' || origin === 'set' || origin === 'map')
    return { code: 'too-many', message: `must have at most ${maximum} items` };
  return { code: 'too-large', message: `must be ${inclusive ? 'at most' : 'less than'} ${maximum}` };
}

/** The member that came nearest speaks: the one whose faults lie deepest, then the one with the fewest. */
function unionFaults(issue: z.core.$ZodIssueInvalidUnion, input: unknown, path: JsonPath): Fault[] {
  if (isAbsent(input, path)) return [{ path, code: 'required', message: 'is required' }];
  if ('discriminator' in issue && issue.errors.length === 0)
    return [{ path, code: 'not-allowed', message: 'is not one of the known kinds' }];
  if (issue.errors.every((issues) => issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0)))
    return [{ path, code: 'wrong-type', message: 'is of a type that is not allowed here' }];
  const near = [...issue.errors].sort((a, b) => deepest(b) - deepest(a) || a.length - b.length)[0] ?? [];
  return near.flatMap((inner) => faultsOf(inner, input, path));
}

function deepest(issues: readonly Issue[]): number {
  return Math.max(...issues.map(({ path }) => path.length));
}

function isAbsent(input: unknown, path: JsonPath): boolean {
  let at = input;
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return true;
    at = (at as Record<PropertyKey, unknown>)[part];
  }
  return at === undefined;
}
