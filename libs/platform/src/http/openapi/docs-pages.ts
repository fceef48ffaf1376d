import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem/problem.js';

const MEDIA_TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
};
/** Of the package's files these and no others: the rest is for other uses, and holds source maps of megabytes. */
const FILES = new Set(['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']);

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Orderkeel API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" href="/docs/favicon-32x32.png">
</head>
<body>
<div id="api"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;
/** In a file of its own, so that the content security policy needs no exception for inline scripts. */
const START = `SwaggerUIBundle({ url: '/docs/openapi.json', dom_id: '#api', validatorUrl: null });\n`;

/** Serves Swagger UI at /docs and each document, by its name, beside it; nothing is fetched from elsewhere. */
export function servePages(server: FastifyInstance, documents: Readonly<Record<string, object>>): void {
  const assets = new URL('.', import.meta.resolve('swagger-ui-dist/swagger-ui.css'));
  server.get('/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  server.get('/docs/start.js', async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(START));
  for (const [name, document] of Object.entries(documents)) {
    const text = JSON.stringify(document);
    server.get(`/docs/${name}.json`, async (_request, reply) => reply.type('application/json').send(text));
  }
  server.get<{ Params: { file: string } }>('/docs/:file', async ({ params: { file } }, reply) => {
    if (!FILES.has(file)) throw Problem.notFound(`file ${file}`);
    void reply.type(MEDIA_TYPES[extname(file)] ?? 'application/octet-stream').header('cache-control', 'max-age=3600');
    return reply.send(createReadStream(fileURLToPath(new URL(file, assets))));
  });
}
