import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from '../problem/problem.js';
import { PROBLEM_MEDIA_TYPE, problemDocument } from '../problem/problem-document.js';

/** Answers, on the bare socket, what is no HTTP, too long a head, or did not arrive in time; then hangs up. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) socket.write(rawAnswer(problemOf(error.code)));
  socket.destroy(error);
}

function problemOf(code: string | undefined): Problem {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new Problem('request-timeout', 'The request did not arrive in time');
  const message = code === 'HPE_HEADER_OVERFLOW' ? 'The head of the request is too long' : 'This is not HTTP/1.1';
  const status = code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
  const errors = [{ parameter: 'head', code: 'invalid-format', message }];
  return new Problem('invalid-request', message, { status, errors });
}

function rawAnswer(problem: Problem): string {
  const body = JSON.stringify(problemDocument(problem, ''));
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Connection: close',
    `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}
