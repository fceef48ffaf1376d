import type { z } from 'zod';
import { Problem, type FieldFault } from '../problem/problem.js';
import { faultsOf, type Fault } from './issues.js';
import { jsonPointer } from './json-pointer.js';
import { shapeFaults } from './shape.js';

/** More faults than this help nobody, and an answer must stay small whatever was sent. */
const MAX_FAULTS = 100;

/** Either the value as the schema leaves it, or at least one fault. */
export type Validated<Value> = { readonly value: Value } | { readonly faults: readonly [FieldFault, ...FieldFault[]] };

/** A JSON body against its schema; faults carry pointers into that body. Never throws for what a caller sent. */
export function validateBody<Schema extends z.ZodType>(schema: Schema, body: unknown): Validated<z.output<Schema>> {
  const asFault = ({ path, code, message }: Fault) => ({ pointer: jsonPointer(path), code, message });
  return withSchema(schema, body, shapeFaults(body, MAX_FAULTS), asFault);
}

/** Query or path parameters against their schema; faults name the parameter. */
export function validateParameters<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
): Validated<z.output<Schema>> {
  const asFault = ({ path, code, message }: Fault) => ({ parameter: String(path[0] ?? ''), code, message });
  return withSchema(schema, given, shapeFaults(given, MAX_FAULTS), asFault);
}

/**
 * The envelope of a batch: only what the schema says, so that an item's own faults stay that item's
 * (interfaces 3: "each on its own"); items are validated one by one with `validateBody`.
 */
export function validateEnvelope<Schema extends z.ZodType>(schema: Schema, body: unknown): Validated<z.output<Schema>> {
  const asFault = ({ path, code, message }: Fault) => ({ pointer: jsonPointer(path), code, message });
  return withSchema(schema, body, [], asFault);
}

/** The value, or the `invalid-request` problem that names every fault. */
export function valueOrProblem<Value>(validated: Validated<Value>): Value {
  if ('faults' in validated) throw Problem.invalid(validated.faults);
  return validated.value;
}

function withSchema<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  shape: readonly Fault[],
  asFault: (fault: Fault) => FieldFault,
): Validated<z.output<Schema>> {
  if (isFilled(shape)) return { faults: mapFilled(shape, asFault) };
  const parsed = schema.safeParse(input);
  if (parsed.success) return { value: parsed.data };
  const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, input)).slice(0, MAX_FAULTS);
  if (isFilled(faults)) return { faults: mapFilled(faults, asFault) };
  return { faults: [asFault({ path: [], code: 'invalid-value', message: 'is not valid' })] };
}

function isFilled<Item>(items: readonly Item[]): items is readonly [Item, ...Item[]] {
  return items.length > 0;
}

function mapFilled<From, To>([first, ...rest]: readonly [From, ...From[]], to: (item: From) => To): [To, ...To[]] {
  return [to(first), ...rest.map(to)];
}
