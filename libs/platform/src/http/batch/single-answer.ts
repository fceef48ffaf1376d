import type { FastifyReply } from 'fastify';
import type { Problem } from '../problem/problem.js';

/** What a single request is answered, alone or in a batch: its HTTP status with what was made, or a refusal. */
export type SingleAnswer<Made> =
  | { readonly status: number; readonly made: Made }
  /** `made`: what was there before and stays. */
  | { readonly problem: Problem; readonly made?: Made };

/** Answers a request that came alone: sets the status and gives the body. @throws Problem when it was refused */
export function answerSingle<Made>(answer: SingleAnswer<Made>, reply: FastifyReply): Made {
  if ('problem' in answer) throw answer.problem;
  void reply.status(answer.status);
  return answer.made;
}
