import type { FastifyInstance } from 'fastify';
import { pathOf } from '../problem/answer-problem.js';
import { Problem, type FieldFault } from '../problem/problem.js';

/**
 * Refuses, before its body is read, a request of which we could only guess what it says: a path or a parameter whose
 * escapes are no UTF-8 (400), and a body in an encoding (415, RFC 9110 15.5.16).
 */
export function refuseUnreadable(server: FastifyInstance): void {
  server.addHook('onRequest', async ({ url, headers }) => {
    refuseUndecodable(url);
    refuseEncoded(headers['content-encoding']);
  });
}

function refuseUndecodable(url: string): void {
  if (!url.includes('%')) return;
  const path = pathOf({ url });
  const query = url.slice(path.length + 1).split('&');
  const places = [
    ...(isDecodable(path) ? [] : ['path']),
    ...query.filter((piece) => !isDecodable(piece)).map((piece) => piece.split('=', 1)[0] ?? ''),
  ];
  const [first, ...more] = places.map((parameter): FieldFault => {
    return { parameter, code: 'invalid-format', message: 'holds escapes that are no UTF-8' };
  });
  if (first) throw Problem.invalid([first, ...more]);
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function refuseEncoded(encoding: string | undefined): void {
  if (encoding === undefined || /^\s*(identity\s*)?$/i.test(encoding)) return;
  const headers = { 'accept-encoding': 'identity' };
  throw new Problem('unsupported-media-type', `A body may not be encoded (${encoding})`, { headers });
}
