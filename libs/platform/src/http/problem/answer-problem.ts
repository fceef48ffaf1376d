import type { FastifyReply, FastifyRequest } from 'fastify';
import { asProblem } from './classify.js';
import { PROBLEM_MEDIA_TYPE, problemDocument } from './problem-document.js';

/** Answers an error as a problem document; what is our fault is logged under the request's id. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = asProblem(error);
  const path = pathOf(request);
  if (problem.status >= 500) {
    const log = { requestId: request.id, method: request.method, path, err: error };
    if (problem.code === 'internal') request.log.error(log, 'A request failed');
    else request.log.warn(log, 'A request was turned away');
  }
  // An event stream that broke has sent its head; only its end can tell.
  if (reply.sent || reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  // As bytes, because Fastify would add a charset to text, which the media type does not have.
  const document = Buffer.from(JSON.stringify(problemDocument(problem, path)));
  void reply
    .status(problem.status)
    .headers({ ...problem.extras.headers })
    .type(PROBLEM_MEDIA_TYPE)
    .send(document);
}

/** The path of a request without its query. */
export function pathOf({ url }: { readonly url: string }): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}
