import { setImmediate as otherWork } from 'node:timers/promises';
import type { z } from 'zod';
import { problemDocument, type ProblemDocument } from '../problem/problem-document.js';
import { Problem } from '../problem/problem.js';
import { validateBody } from '../validation/validate.js';
import type { SingleAnswer } from './single-answer.js';

/** An item that passed, or why it did not. */
export type Checked<Item> = { readonly value: Item } | { readonly problem: Problem };

/** What one batch route has of its own. */
export interface Batch<Item, Made> {
  /** The route's path, for the problem documents. */
  readonly path: string;
  /** Looks at an item as the single request's body is looked at. */
  check(item: unknown): Checked<Item>;
  /** Carries out the items that passed, as if one after the other; one answer for each, in order. */
  carryOut(items: readonly Item[]): Promise<readonly SingleAnswer<Made>[]>;
  /** What a result says besides index, status and problem; nothing was made of an item that did not pass. */
  tell(made: Made | undefined, item: unknown): object;
}

/** What became of one item; `batchResultsOf` is its schema. */
interface BatchResult {
  readonly index: number;
  readonly status: number;
  readonly problem?: ProblemDocument;
}

/** Items that are checked before other requests get their turn. */
const CHECKED_AT_ONCE = 50;

/** Checks an item against a schema, as the body of a single request is. */
export function checkItem<Schema extends z.ZodType>(schema: Schema, item: unknown): Checked<z.output<Schema>> {
  const validated = validateBody(schema, item);
  return 'faults' in validated ? { problem: Problem.invalid(validated.faults) } : validated;
}

/** Answers a batch whose items stand each on its own (interfaces 3): a refused one keeps none of the others back. */
export async function answerBatch<Item, Made>(items: readonly unknown[], batch: Batch<Item, Made>) {
  const checked = await checkAll(items, batch);
  const passed = checked.flatMap((each) => ('value' in each ? [each.value] : []));
  const answers = passed.length > 0 ? [...(await batch.carryOut(passed))] : [];
  const results = checked.map((each, index): BatchResult => {
    const answer = 'value' in each ? answers.shift()! : each;
    const told = batch.tell('made' in answer ? answer.made : undefined, items[index]);
    if (!('problem' in answer)) return { index, status: answer.status, ...told };
    const { problem } = answer;
    return { index, status: problem.status, ...told, problem: problemDocument(problem, batch.path) };
  });
  return { results };
}

async function checkAll<Item>(items: readonly unknown[], { check }: Pick<Batch<Item, never>, 'check'>) {
  const checked: Checked<Item>[] = [];
  for (const item of items) {
    checked.push(check(item));
    if (checked.length % CHECKED_AT_ONCE === 0) await otherWork();
  }
  return checked;
}
