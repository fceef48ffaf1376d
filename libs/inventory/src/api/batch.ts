import { idOut, Problem, problemDocument, validateBody } from '@orderkeel/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

/** Most items of one batch (interfaces 3, as for intents). */
export const BATCH_MAX = 1000;

const batchResult = z.object({
  index: z.int(),
  status: z.int().meta({ description: 'HTTP status of the single request' }),
  id: idOut.optional(),
  problem: z.looseObject({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() }).optional(),
});
type BatchResult = z.output<typeof batchResult>;

/** What became of a batch, in its order. */
export class StockBatchResults extends createZodDto(z.object({ results: z.array(batchResult) })) {}

/** What a single request is answered: 201 and what was made, 200 and what was there, or a refusal. */
export type Answer<Made> = { readonly status: 200 | 201; readonly made: Made } | { readonly problem: Problem };

/** The body of a single request's answer. @throws Problem when it was refused */
export function madeOrProblem<Made>(answer: Answer<Made>): { readonly status: 200 | 201; readonly made: Made } {
  if ('problem' in answer) throw answer.problem;
  return answer;
}

/**
 * Answers a batch: each item is validated on its own, the valid ones are carried out together, and every item gets the
 * status of the single request (interfaces 3).
 * @param path of the batch route, for the problem documents
 */
export async function answerBatch<Schema extends z.ZodType, Made extends { readonly id: string }>(
  items: readonly unknown[],
  { schema, path }: { readonly schema: Schema; readonly path: string },
  carryOut: (valid: z.output<Schema>[]) => Promise<Answer<Made>[]>,
): Promise<{ results: BatchResult[] }> {
  const checked = items.map((item) => validateBody(schema, item));
  const valid = checked.flatMap((each) => ('value' in each ? [each.value] : []));
  const answers = valid.length > 0 ? await carryOut(valid) : [];
  const results = checked.map((each, index) => {
    const answer = 'faults' in each ? { problem: Problem.invalid(each.faults) } : answers.shift()!;
    return resultOf(index, answer, path);
  });
  return { results };
}

function resultOf(index: number, answer: Answer<{ readonly id: string }>, path: string): BatchResult {
  if (!('problem' in answer)) return { index, status: answer.status, id: answer.made.id };
  return { index, status: answer.problem.status, problem: problemDocument(answer.problem, path) };
}
